#include "app/restart.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <unistd.h>

namespace odin {

namespace {

QString anyPortAt(const QHostAddress &address)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? QStringLiteral("[%1]:0") : QStringLiteral("%1:0")).arg(address.toString());
}

} // namespace

Error restartWith(const QStringList &arguments)
{
    QList<QByteArray> words{"odin-console"};
    for (const auto &argument : arguments)
        words.append(argument.toLocal8Bit());
    std::vector<char *> pointers;
    for (auto &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv("/proc/self/exe", pointers.data());
    return Error{
        QStringLiteral("the program cannot be started again: %1").arg(QString::fromLocal8Bit(std::strerror(errno)))};
}

QStringList freePortFlags(const Endpoint &listen, const Endpoint &admin)
{
    return {QStringLiteral("--listen"), anyPortAt(listen.address), QStringLiteral("--admin"), anyPortAt(admin.address)};
}

} // namespace odin
