// QHttpServer behind the front door: one request, one answer, and the end of the connection.
#include "core/http/httpserver.h"
#include "core/shard/frontdoor.h"
#include "tests/core/gateway/rawhttp.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTcpServer>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

std::shared_ptr<const Router> testRouter()
{
    auto router = std::make_shared<Router>();
    router->get("/page", [](const HttpRequest &request) {
        return HttpResponse{200, "text/plain", "page " + request.query, {}};
    });
    router->get("/large", [](const HttpRequest &) {
        return HttpResponse{200, "text/plain", QByteArray(5'000'000, 'x'), {}};
    });
    router->get("/cached", [](const HttpRequest &) {
        return HttpResponse{304, "text/plain", {}, {{"ETag", "\"a\""}}};
    });
    router->post("/echo", [](const HttpRequest &request) {
        return HttpResponse{200, request.field("Content-Type"), request.body, {}};
    });
    return router;
}

class Server : public QTcpServer
{
public:
    Server() { listen(QHostAddress(QHostAddress::LocalHost)); }

    Census census;
    ShardCounters counters;
    HttpServer http{testRouter()};
    FrontDoor door{http, {}, census, counters};

protected:
    void incomingConnection(qintptr descriptor) override
    {
        census.connections.fetch_add(1);
        door.admit(descriptor, Admission::Welcome);
    }
};

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral(".*"))); // a line in the log for each request, for example
        QLoggingCategory::setFilterRules(QStringLiteral("odin.*.debug=false"));
    }
    void cleanup() { QTRY_COMPARE_WITH_TIMEOUT(m_server.census.connections.load(), 0, deadline); }

    void answersAndCloses()
    {
        const auto answer = ask(m_server.serverPort(), "GET", "/page?a=b");
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(bodyOf(answer), QByteArray("page a=b"));
        QVERIFY(answer.contains("\r\nContent-Length: 8\r\n"));
        QVERIFY(answer.contains("\r\nConnection: close\r\n"));
        QVERIFY(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    }

    void closesEvenIfAskedNotTo()
    {
        const auto answer =
            askRaw(m_server.serverPort(), "GET /page HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        QCOMPARE(statusOf(answer), 200);
    }

    void headHasNoBody()
    {
        const auto answer = ask(m_server.serverPort(), "HEAD", "/page");
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(answer.contains("\r\nContent-Length: 5\r\n"));
        QCOMPARE(bodyOf(answer), QByteArray());
    }

    void largeAnswersComeWhole()
    {
        const auto answer = ask(m_server.serverPort(), "GET", "/large");
        QCOMPARE(bodyOf(answer).size(), 5'000'000);
    }

    void notModifiedSaysNothingOfALength()
    {
        const auto answer = ask(m_server.serverPort(), "GET", "/cached");
        QCOMPARE(statusOf(answer), 304);
        QVERIFY(!answer.contains("Content-Length"));
        QVERIFY(answer.contains("\r\nETag: \"a\"\r\n"));
        QCOMPARE(bodyOf(answer), QByteArray());
    }

    void bodiesAreRead()
    {
        const QByteArray body(60'000, 'b');
        const auto answer = askRaw(m_server.serverPort(),
                                   "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/x\r\n"
                                   "Content-Length: 60000\r\n\r\n"
                                       + body);
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(answer.contains("\r\nContent-Type: text/x\r\n"));
        QCOMPARE(bodyOf(answer), body);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown path") << QByteArray("GET /missing HTTP/1.1") << 404;
        QTest::newRow("wrong method") << QByteArray("DELETE /page HTTP/1.1") << 405;
        QTest::newRow("method nobody knows") << QByteArray("BREW /page HTTP/1.1") << 405;
        QTest::newRow("TRACE") << QByteArray("TRACE /page HTTP/1.1") << 405;
        QTest::newRow("dots") << QByteArray("GET /../page HTTP/1.1") << 404;
        QTest::newRow("an escaped zero") << QByteArray("GET /page%00 HTTP/1.1") << 404;
        QTest::newRow("two slashes") << QByteArray("GET //page HTTP/1.1") << 404;
        QTest::newRow("no WebSocket on this port") << QByteArray(
            "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
                                                   << 404;
    }

    void refusals()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        const auto answer = askRaw(m_server.serverPort(), request + "\r\nHost: localhost\r\n\r\n");
        QVERIFY2(statusOf(answer) == status, answer.left(200).constData());
    }

    // A second request in the same bytes has not been looked at by the door: it must not be served.
    void oneRequestForEachConnection()
    {
        const QByteArray one = "GET /page HTTP/1.1\r\nHost: a\r\n\r\n";
        const auto answer = askRaw(m_server.serverPort(), one + one + one);
        QCOMPARE(answer.count("HTTP/1.1 "), 1);
    }

private:
    Server m_server;
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
