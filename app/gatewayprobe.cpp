#include "app/gatewayprobe.h"

#include <QHostAddress>
#include <QSslSocket>

namespace odin {

namespace {

constexpr int timeoutMs = 3'000;

bool isHere(const QString &host) { return host == QLatin1String("localhost") || QHostAddress(host).isLoopback(); }

QByteArray metricsText(const QUrl &admin)
{
    const bool isTls = admin.scheme() == QLatin1String("https");
    QSslSocket socket;
    if (isHere(admin.host())) // nobody is in between, and certificates are seldom made out for it
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (isTls)
        socket.connectToHostEncrypted(admin.host(), quint16(admin.port(443)));
    else
        socket.connectToHost(admin.host(), quint16(admin.port(80)));
    if (!(isTls ? socket.waitForEncrypted(timeoutMs) : socket.waitForConnected(timeoutMs)))
        return {};
    socket.write("GET /metrics HTTP/1.1\r\nHost: " + admin.authority().toUtf8() + "\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead(timeoutMs)) { } // until the gateway closes
    return socket.readAll();
}

std::optional<double> metric(const QByteArray &text, const QByteArray &name)
{
    const auto at = text.indexOf('\n' + name + ' ');
    if (at < 0)
        return {};
    const auto start = at + name.size() + 2;
    return text.mid(start, text.indexOf('\n', start) - start).trimmed().toDouble();
}

} // namespace

std::optional<swarm::ProcessReading> gatewayReading(const QUrl &admin)
{
    if (admin.isEmpty())
        return {};
    const auto text = metricsText(admin);
    const auto cpu = metric(text, "process_cpu_seconds_total"), resident = metric(text, "process_resident_memory_bytes");
    if (!cpu || !resident)
        return {};
    return swarm::ProcessReading{*cpu, *resident, int(metric(text, "odin_shards").value_or(0))};
}

} // namespace odin
