// The configuration file of the managed nats-server, and the reading of its log lines.
// Pure functions; any thread.
#pragma once

#include <QString>
#include <QtGlobal>

namespace odin {

struct BrokerFile
{
    QString serverName;
    quint16 port = 0;
    QString storeFolder;
    QString user;
    QString password;
    QString systemPassword;
    bool jetStream = true;
};

/// The text of the file. Loopback only, no monitoring port, every user inside a named account, and no authorization
/// block beside the accounts (CVE-2023-47090).
QByteArray brokerConfigText(const BrokerFile &file);

struct BrokerLine
{
    QtMsgType level = QtInfoMsg;
    QString text;
};

/// "[4711] 2026/11/22 22:49:24.123456 [INF] Server is ready" -> info, "Server is ready".
BrokerLine parseBrokerLine(const QByteArray &line);

/// What the log says when it serves, and when another process has its port.
bool saysReady(const BrokerLine &line);
bool saysPortTaken(const BrokerLine &line);

} // namespace odin
