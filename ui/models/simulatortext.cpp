#include "ui/models/simulatortext.h"

#include "ui/models/format.h"

namespace odin {

QString whyNothingIsSimulated(const GatewaySnapshot &snapshot)
{
    if (!snapshot.simulated)
        return QStringLiteral("Prices come from the bus. To publish simulated ones, start with --simulate.");
    if (!snapshot.simulator)
        return QStringLiteral("The simulator starts as soon as NATS is connected.");
    return snapshot.simulator->problem.isEmpty() ? QStringLiteral("The file has had no trade yet.")
                                                 : snapshot.simulator->problem;
}

QString simulatorState(const SimulatorStatus &status, bool publishing)
{
    if (!publishing)
        return QStringLiteral("Paused");
    if (status.playback && status.playback->ended)
        return QStringLiteral("The file has ended");
    return status.running || status.paused ? QStringLiteral("Publishing") : QStringLiteral("Nothing is on");
}

QString simulatorSummary(const SimulatorStatus &status, int tokensOn)
{
    auto text = QStringLiteral("%1 of %2 tokens on · %3 published")
                    .arg(formatCount(static_cast<quint64>(tokensOn)), formatCount(status.tokens.size()),
                         formatCount(status.published));
    if (status.failed > 0)
        text += QStringLiteral(" · %1 given up").arg(formatCount(status.failed));
    return text;
}

} // namespace odin
