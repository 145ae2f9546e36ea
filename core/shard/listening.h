// Opening a listening socket with a sentence for what went wrong. Thread: the server's. Pure but for the socket.
#pragma once

#include "core/model/result.h"

#include <QHostAddress>
#include <QTcpServer>

namespace odin {

/// Listens with limits::listenBacklog. The sentence of an error names the address and what to do.
Result<Done> listenOn(QTcpServer &server, const QHostAddress &address, quint16 port);

/// host:port as in URLs: IPv6 in brackets, and a wildcard address as the loopback one that reaches it.
QString reachableAt(const QTcpServer &server);

} // namespace odin
