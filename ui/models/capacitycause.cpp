#include "ui/models/capacitycause.h"

#include "ui/models/format.h"

namespace odin {

namespace {

constexpr double busyMost = 0.85; ///< of a core: as odin-loadtest judges its own threads
constexpr double machineFull = 0.9;

QString count(qint64 number) { return formatCount(static_cast<quint64>(std::max<qint64>(0, number))); }

QString cores(double number) { return QString::number(number, 'f', 2); }

QString shardsText(int shards)
{
    return shards == 1 ? QStringLiteral("the 1 thread that serves clients")
                       : QStringLiteral("the %1 threads that serve clients").arg(shards);
}

double machineUse(const LoadTestStep &step)
{
    return step.gateway && step.swarm ? step.gateway->cores + step.swarm->cores : 0;
}

bool isMachineFull(const LoadTestStep &step, int machineCores)
{
    return machineCores > 0 && machineUse(step) >= machineFull * machineCores;
}

bool isGatewayBusy(const LoadTestStep &step)
{
    return step.gateway && step.gateway->shards > 0 && step.gateway->cores >= busyMost * step.gateway->shards;
}

CapacityCause latencyCause(const LoadTestStep &step)
{
    const auto used = step.gateway
        ? QStringLiteral(" while the gateway used only %1 cores").arg(cores(step.gateway->cores))
        : QStringLiteral(
            "; the gateway's CPU was not measured, because its admin address was not given or did not answer");
    return {Resource::Latency, QStringLiteral("latency"),
            QStringLiteral("Updates came too late (p99 %1)%2.").arg(formatLatency(step.delivery.p99Ms), used)};
}

CapacityCause cpuCause(const LoadTestStep &step, int machineCores)
{
    if (step.busiestThread > busyMost)
        return {
            Resource::Swarm, QStringLiteral("swarm"),
            QStringLiteral("The load test itself: its busiest thread used %1 of a core. The gateway may carry more; "
                           "measure with the swarm on a machine of its own.")
                .arg(formatPercent(step.busiestThread * 100))};
    if (isMachineFull(step, machineCores))
        return {
            Resource::Machine, QStringLiteral("machine-cpu"),
            QStringLiteral("The CPU of the machine: gateway %1 and swarm %2 of %3 cores. The gateway may carry more "
                           "without the swarm beside it.")
                .arg(cores(step.gateway->cores), cores(step.swarm->cores), QString::number(machineCores))};
    if (step.isSwarmLimited)
        return {
            Resource::Swarm, QStringLiteral("swarm"),
            QStringLiteral("The load test itself: its own clock was too late for what it measured, though its busiest "
                           "thread used only %1 of a core. Other programs took its time.")
                .arg(formatPercent(step.busiestThread * 100))};
    if (isGatewayBusy(step))
        return {Resource::GatewayCpu, QStringLiteral("gateway-cpu"),
                QStringLiteral("The gateway's CPU: it used %1 cores, with %2.")
                    .arg(cores(step.gateway->cores), shardsText(step.gateway->shards))};
    return {};
}

} // namespace

CapacityCause causeOf(const LoadTestStep &step, int machineCores)
{
    if (step.refused > 0)
        return {Resource::Connections, QStringLiteral("connections"),
                QStringLiteral("The gateway's room for connections: it refused %1 of %2 clients.")
                    .arg(count(step.refused), count(step.clients))};
    if (step.failed > 0)
        return {
            Resource::Handshakes, QStringLiteral("handshakes"),
            QStringLiteral("Connecting: %1 of %2 clients got no answer.").arg(count(step.failed), count(step.clients))};
    if (auto cause = cpuCause(step, machineCores); cause.first != Resource::None)
        return cause;
    if (step.dropped > 0)
        return {Resource::Clients, QStringLiteral("clients-cut"),
                QStringLiteral("Clients that did not keep up: the gateway ended the connections of %1.")
                    .arg(count(step.dropped))};
    if (step.lost + step.duplicates > 0)
        return {
            Resource::Losses, QStringLiteral("losses"),
            QStringLiteral("Updates were lost (%1) or came twice (%2).").arg(count(step.lost), count(step.duplicates))};
    return latencyCause(step);
}

} // namespace odin
