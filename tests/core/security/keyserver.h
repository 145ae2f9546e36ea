// KeyServer: an HTTP server on loopback that gives what it is told to give.
// Thread: the one that made it. Owner: a test.
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace odin {

class KeyServer
{
public:
    KeyServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (auto *socket = m_server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { serve(socket); });
                QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1/keys.json").arg(m_server.serverPort()); }
    int requests() const { return m_requests; }
    QByteArray lastHead() const { return m_head; }

    /// The whole answer, head and all. Empty: none ever comes.
    void answer(const QByteArray &bytes) { m_answer = bytes; }
    void give(const QByteArray &body, const QByteArray &status = "200 OK", const QByteArray &more = {})
    {
        answer("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size())
               + "\r\n" + more + "\r\n" + body);
    }

private:
    void serve(QTcpSocket *socket)
    {
        auto head = socket->property("head").toByteArray() + socket->readAll();
        socket->setProperty("head", head);
        if (!head.endsWith("\r\n\r\n"))
            return;
        ++m_requests;
        m_head = head;
        if (m_answer.isEmpty())
            return;
        socket->write(m_answer);
        socket->disconnectFromHost();
    }

    QTcpServer m_server;
    QByteArray m_answer, m_head;
    int m_requests = 0;
};

} // namespace odin
