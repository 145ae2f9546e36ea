// ProxiedPair: a client and the server that it reached through a fault proxy.
// Thread: the test's. Owner: the test.
#pragma once

#include "simulator/network/faultproxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <random>

namespace odin {

inline constexpr int deadline = 30'000;

/// Bytes that tell when one of them is lost or out of place.
inline QByteArray noise(qsizetype size, quint32 seed)
{
    std::minstd_rand random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (auto &byte : bytes)
        byte = char(random() >> 8);
    return bytes;
}

struct ProxiedPair
{
    QTcpServer server;
    FaultProxy proxy;
    QTcpSocket client;
    std::unique_ptr<QTcpSocket> served; ///< the server's end

    /// False when the pair did not come together in time.
    bool open()
    {
        if (!server.listen(QHostAddress(QHostAddress::LocalHost))
            || !proxy.open(0, {server.serverAddress(), server.serverPort()}))
            return false;
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
        const auto isServed = [this] {
            return client.state() == QTcpSocket::ConnectedState && server.hasPendingConnections();
        };
        if (!QTest::qWaitFor(isServed, deadline))
            return false;
        served.reset(server.nextPendingConnection());
        served->setParent(nullptr);
        for (auto *socket : {&client, served.get()})
            socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 64 * 1024); // back-pressure comes soon
        return true;
    }

    ConnectionId id() const { return proxy.connections().at(0).id; }
};

/// What has arrived there, once it is as much as that (or the deadline is over).
inline QByteArray arrived(QTcpSocket &socket, qsizetype size)
{
    (void)QTest::qWaitFor([&] { return socket.bytesAvailable() >= size; }, deadline);
    return socket.readAll();
}

inline bool isClosed(const QTcpSocket &socket) { return socket.state() == QTcpSocket::UnconnectedState; }

} // namespace odin
