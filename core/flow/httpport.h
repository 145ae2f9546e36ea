// front door -> HTTP server: connections whose request is plain HTTP.
#pragma once

#include <QTcpSocket>

namespace odin {

/// On the thread of the door that calls it. The request head has been checked but not consumed; exactly one request
/// is to be answered, with "Connection: close": the door ends the connection when the answer is out or late.
class HttpPort
{
public:
    virtual ~HttpPort() = default;
    /// Takes over reading and writing; the socket deletes itself when it disconnects.
    virtual void serve(QTcpSocket *socket) = 0;
};

} // namespace odin
