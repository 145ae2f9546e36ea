#include "ui/models/machine.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

namespace odin {

namespace {

QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What stands behind the colon of the first line with this name.
QByteArray fieldIn(const QByteArray &text, const QByteArray &name)
{
    for (const auto &line : text.split('\n')) {
        if (line.startsWith(name))
            return line.mid(line.indexOf(':') + 1).trimmed();
    }
    return {};
}

} // namespace

QString cpuModelIn(const QByteArray &cpuInfo) { return QString::fromUtf8(fieldIn(cpuInfo, "model name")); }

qint64 memoryBytesIn(const QByteArray &memInfo)
{
    constexpr qint64 kibi = 1024;
    return fieldIn(memInfo, "MemTotal").split(' ').front().toLongLong() * kibi;
}

Machine thisMachine()
{
    return {cpuModelIn(textOf(QStringLiteral("/proc/cpuinfo"))), QThread::idealThreadCount(),
            memoryBytesIn(textOf(QStringLiteral("/proc/meminfo"))),
            QStringLiteral("%1 %2 %3")
                .arg(QSysInfo::kernelType(), QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture())};
}

} // namespace odin
