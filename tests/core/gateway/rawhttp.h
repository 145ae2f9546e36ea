// One raw request, everything that is answered until the connection ends. Thread: the test's, with an event loop.
#pragma once

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

namespace odin {

/// "(still connected)" when the other side does not close in time.
inline QByteArray askRaw(quint16 port, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write(request);
    const bool isOver = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, 30'000);
    return isOver ? socket.readAll() : QByteArray("(still connected)");
}

inline QByteArray ask(quint16 port, const QByteArray &method, const QByteArray &path)
{
    return askRaw(port, method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

inline int statusOf(const QByteArray &answer) { return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0; }

inline QByteArray bodyOf(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }

} // namespace odin
