// The simulator as an operator sees it, and what an operator may ask of it. Values; any thread.
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace odin {

/// What may happen to one simulated token for a while.
enum class ScenarioKind {
    FlashCrash, ///< the price falls within seconds and wins most of it back
    Halt,       ///< nothing is published, as when an exchange halts trading
    Burst,      ///< trades come many times as often
    StuckFeed,  ///< goes on at its pace with fresh timestamps, but with the same price: a silence that no clock sees
};

struct Scenario
{
    ScenarioKind kind = ScenarioKind::Halt;
    std::chrono::milliseconds duration{30'000};
    /// Flash crash: the share of the price that is lost at the bottom. Burst: how many times as often. Else unused.
    double strength = 0;
};

struct RunningScenario
{
    ScenarioKind kind = ScenarioKind::Halt;
    std::chrono::milliseconds left{0};

    bool operator==(const RunningScenario &) const = default;
};

/// One simulated token as an operator sees it.
struct SimulatedToken
{
    QByteArray token;
    bool on = true;
    std::chrono::milliseconds intervalMin{1000};
    std::chrono::milliseconds intervalMax{5000};
    double volatility = 0;      ///< annualised, 0.6 = 60 %
    double drift = 0;           ///< annualised
    std::optional<RunningScenario> scenario = {};

    bool operator==(const SimulatedToken &) const = default;
};

/// What is not named stays as it is.
struct SimulatedTokenChange
{
    std::optional<bool> on = {};
    std::optional<std::chrono::milliseconds> intervalMin = {};
    std::optional<std::chrono::milliseconds> intervalMax = {};
    std::optional<double> volatility = {};
    std::optional<double> drift = {};

    bool operator==(const SimulatedTokenChange &) const = default;
};

/// The file that is played instead of the simulation.
struct PlaybackStatus
{
    QString path;
    double speed = 1;
    quint64 trades = 0;         ///< published so far
    quint64 unusableLines = 0;  ///< skipped so far
    bool ended = false;
};

struct SimulatorStatus
{
    bool running = false;       ///< publishing: not paused, and something is on
    bool paused = false;        ///< by the master switch
    quint64 seed = 0;
    quint64 published = 0;      ///< acknowledged messages
    quint64 failed = 0;         ///< publishes given up after their retries
    std::vector<SimulatedToken> tokens;
    std::optional<PlaybackStatus> playback = {};
    QString problem;            ///< why the newest restart or playback could not begin; empty when it did
};

// What an operator may ask of the simulator as a whole.

/// The master switch. While it is off, the simulator's time stands still: nothing is missed and nothing made up for.
struct SetPublishing
{
    bool on = true;
};
/// As at the program's start, but with this seed: prices at their beginning, every token on, no file.
struct RestartSimulation
{
    quint64 seed = 1;
};
/// Takes the place of the token's scenario before.
struct StartScenario
{
    QByteArray token;
    Scenario scenario;
};
/// The price stays where the scenario has brought it.
struct EndScenario
{
    QByteArray token;
};
/// A token that was never there before, without a past.
struct ListToken
{
    QByteArray token;
    double price = 1;           ///< US dollars
};
/// Instead of what is published now, once.
struct PlayFile
{
    QString path;               ///< time,token,price,volume per line
    double speed = 1;           ///< 2 = twice as fast as it happened
};

using SimulatorCommand =
    std::variant<SetPublishing, RestartSimulation, StartScenario, EndScenario, ListToken, PlayFile>;

} // namespace odin
