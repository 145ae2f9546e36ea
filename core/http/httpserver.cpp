#include "core/http/httpserver.h"

#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpServer>
#include <QUrlQuery>

namespace odin {

namespace {

// A server that never listens: its connections come from the front door. QTcpServer's own queue would warn of that with
// each of them, and the signal that QHttpServer waits for is private: the meta-object calls it.
class HandedOver : public QTcpServer
{
public:
    void hand(QTcpSocket *socket)
    {
        m_socket = socket;
        QMetaObject::invokeMethod(this, "pendingConnectionAvailable", Qt::DirectConnection);
    }
    bool hasPendingConnections() const override { return m_socket; }
    QTcpSocket *nextPendingConnection() override { return std::exchange(m_socket, nullptr); }

private:
    QTcpSocket *m_socket = nullptr;
};

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get: return "GET";
    case QHttpServerRequest::Method::Head: return "HEAD";
    case QHttpServerRequest::Method::Post: return "POST";
    case QHttpServerRequest::Method::Put: return "PUT";
    case QHttpServerRequest::Method::Delete: return "DELETE";
    case QHttpServerRequest::Method::Patch: return "PATCH";
    case QHttpServerRequest::Method::Options: return "OPTIONS";
    default: return "UNKNOWN";
    }
}

HttpRequest plainRequest(const QHttpServerRequest &request)
{
    HttpRequest plain{methodName(request.method()), request.url().path().toUtf8(), request.query().query().toUtf8(),
                      request.body(), {}, request.remoteAddress().toString().toLatin1(), {}};
    const auto headers = request.headers();
    for (const auto &[name, value] : headers)
        plain.fields.emplace_back(name, value);
    return plain;
}

// The body is not written by the responder, which would copy it: many slow readers of a file share its bytes.
void writeOut(const HttpResponse &response, bool withBody, QHttpServerResponder &responder, QTcpSocket &socket)
{
    responder.writeStatusLine(QHttpServerResponder::StatusCode(response.status));
    responder.writeHeader("Content-Type", response.contentType);
    if (response.status != 304) // that of a 304 would be the page's, not its own
        responder.writeHeader("Content-Length", QByteArray::number(response.body.size()));
    for (const auto &[name, value] : response.fields)
        responder.writeHeader(name, value);
    responder.writeBody(QByteArray());
    if (withBody)
        socket.write(response.body);
}

} // namespace

class HttpServer::Adapter
{
public:
    explicit Adapter(std::shared_ptr<const Router> router) : m_router(std::move(router))
    {
        m_server.setMissingHandler([this](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
            if (!m_socket) // a request that the door has not handed over
                return;
            const auto plain = plainRequest(request);
            writeOut(m_router->route(plain), plain.method != "HEAD", responder, *m_socket);
        });
        m_handedOver->listen(QHostAddress::LocalHost); // bind() takes listening servers only; nobody is let in here
        m_server.bind(m_handedOver);
        m_handedOver->close();
    }

    void serve(QTcpSocket *socket)
    {
        m_handedOver->hand(socket);
        m_socket = socket;
        Q_EMIT socket->readyRead(); // the request came before the hand-over: it is answered now
        m_socket = nullptr;
    }

private:
    const std::shared_ptr<const Router> m_router;
    QHttpServer m_server;
    QTcpSocket *m_socket = nullptr; // whose request is answered now
    HandedOver *const m_handedOver = new HandedOver; // owned by m_server from bind() on
};

HttpServer::HttpServer(std::shared_ptr<const Router> router) : m_adapter(std::make_unique<Adapter>(std::move(router))) {}

HttpServer::~HttpServer() = default;

void HttpServer::serve(QTcpSocket *socket) { m_adapter->serve(socket); }

} // namespace odin
