// TestDoor: a FrontDoor behind a listening socket, all on the test's own thread, with a stub for what lies behind it.
// Thread: the test's, with an event loop. Owner: the test.
#pragma once

#include "core/shard/frontdoor.h"
#include "core/shard/listening.h"
#include "core/shard/session.h"
#include "tests/core/shard/testcertificates.h"
#include "tests/core/shard/testclient.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTcpServer>

namespace odin {

/// Answers everything at once with "hello".
class HelloHttp final : public HttpPort
{
public:
    static constexpr char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

    void serve(QTcpSocket *socket) override
    {
        seen = socket->readAll();
        socket->write(answer);
    }

    QByteArray seen; ///< of the newest request
};

class TestDoor : public QTcpServer
{
public:
    explicit TestDoor(Guard guard = {}, const TlsConfig &files = testTls())
        : tls(files), door(http,
               [this](QWebSocket *webSocket, ClientSocket *socket, const Guest &guest) {
                   sessions.push_back(std::make_unique<Session>("s", webSocket, socket, guest));
                   tcp = socket;
                   selection = guest.selection;
                   newest = guest;
               },
               census, counters, guard, &tls)
    {
        QLoggingCategory::setFilterRules(QStringLiteral("odin.*.debug=false"));
        loaded = !tls.load();
        (void)listenOn(*this, QHostAddress(QHostAddress::LocalHost), 0); // with its small buffers
    }
    Session &session() { return *sessions.back(); }

    Admission admission = Admission::Welcome;
    Census census;
    ShardCounters counters;
    HelloHttp http;
    QPointer<QTcpSocket> tcp; ///< of the newest session
    TokenSelection selection;
    Guest newest; ///< who came last
    TlsPort tls;
    bool loaded = false;
    FrontDoor door;
    std::vector<std::unique_ptr<Session>> sessions;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        census.connections.fetch_add(1);
        door.admit(descriptor, admission);
    }
};

} // namespace odin
