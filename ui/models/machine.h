// Machine: what a measurement was made on. Thread: any. Owner: a value and free functions.
#pragma once

#include <QByteArray>
#include <QString>

namespace odin {

struct Machine
{
    QString cpu; ///< as /proc/cpuinfo names its model; empty where it does not
    int cores = 0;
    qint64 memoryBytes = 0;
    QString kernel; ///< "Linux 6.1.0-18-amd64 x86_64"
};

/// Reads three small files of the kernel.
Machine thisMachine();

/// Of /proc/cpuinfo.
QString cpuModelIn(const QByteArray &cpuInfo);
/// Of /proc/meminfo.
qint64 memoryBytesIn(const QByteArray &memInfo);

} // namespace odin
