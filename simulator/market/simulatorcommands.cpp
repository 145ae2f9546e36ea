// What an operator asks of the simulator: to whom it goes, and its line in the log.
#include "simulator/market/marketsimulator.h"

#include "core/base/log.h"
#include "core/model/limits.h"

namespace odin {

namespace {

using Clock = std::chrono::steady_clock;

const Error nothingYet{QStringLiteral("The simulator has nothing to publish yet.")};

void note(const Result<Done> &done, const QString &what)
{
    if (done)
        qCInfo(lcSim).noquote() << what;
}

QString named(const QByteArray &token) { return QString::fromUtf8(token); }

} // namespace

Result<Done> MarketSimulator::changeToken(const QByteArray &token, const SimulatedTokenChange &change)
{
    const std::lock_guard lock(m_mutex);
    if (!m_source)
        return nothingYet;
    const auto done = m_source->change(token, change, now());
    if (change.on)
        note(done, named(token) + (*change.on ? QStringLiteral(" switched on") : QStringLiteral(" switched off")));
    else
        note(done, named(token) + QStringLiteral(": interval, volatility or drift changed"));
    changed();
    return done;
}

Result<Done> MarketSimulator::command(const SimulatorCommand &command)
{
    const std::lock_guard lock(m_mutex);
    const auto done = std::visit([this](const auto &asked) { return obey(asked); }, command);
    changed();
    return done;
}

void MarketSimulator::changed()
{
    m_changed = true;
    m_wake.notify_one();
}

Result<Done> MarketSimulator::obey(const SetPublishing &command)
{
    if (command.on)
        m_clock.resume(Clock::now());
    else
        m_clock.pause(Clock::now());
    note(Done{}, command.on ? QStringLiteral("publishing goes on") : QStringLiteral("publishing is paused"));
    return Done{};
}

Result<Done> MarketSimulator::obey(const RestartSimulation &command)
{
    auto config = m_config;
    config.seed = command.seed;
    config.replay.reset();
    note(Done{}, QStringLiteral("the simulation starts anew with seed %1").arg(command.seed));
    return want(std::move(config));
}

Result<Done> MarketSimulator::obey(const StartScenario &command)
{
    const auto done = m_source ? m_source->start(command, now()) : Result<Done>(nothingYet);
    note(done, QStringLiteral("%1: %2 begins").arg(named(command.token), nameOf(command.scenario.kind)));
    return done;
}

Result<Done> MarketSimulator::obey(const EndScenario &command)
{
    const auto done = m_source ? m_source->end(command, now()) : Result<Done>(nothingYet);
    note(done, QStringLiteral("%1: back to normal").arg(named(command.token)));
    return done;
}

Result<Done> MarketSimulator::obey(const ListToken &command)
{
    const auto done = m_source ? m_source->list(command, now()) : Result<Done>(nothingYet);
    note(done, QStringLiteral("%1 is listed").arg(named(command.token)));
    return done;
}

Result<Done> MarketSimulator::obey(const PlayFile &command)
{
    if (!(command.speed > 0 && command.speed <= limits::replaySpeedMax))
        return Error{QStringLiteral("The speed of a file is above 0 and at most %1.").arg(limits::replaySpeedMax)};
    auto config = m_config;
    config.replay = ReplayConfig{.path = command.path, .speed = command.speed};
    note(Done{}, QStringLiteral("%1 is to be played").arg(command.path));
    return want(std::move(config));
}

/// The newest wins: one that was asked for a moment ago and not made yet is not missed.
Result<Done> MarketSimulator::want(MarketConfig config)
{
    m_wanted = std::move(config);
    return Done{};
}

} // namespace odin
