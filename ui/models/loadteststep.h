// LoadTestStep: what a load test measured at one number of clients, as the console knows it.
// Thread: any. Owner: values.
#pragma once

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace odin {

enum class LoadTestVerdict {
    None, ///< nothing was to be judged
    Met,
    Missed,
    Undecided, ///< the swarm was the limit, or nothing was delivered
};

QString verdictWord(LoadTestVerdict verdict);

struct LoadTestGoal
{
    QString name; ///< as odin-loadtest --slo has it: p50, p99, lost, ...
    double most = 0;
    double measured = 0;
    LoadTestVerdict verdict = LoadTestVerdict::None;

    bool isTime() const
    {
        return !(name == u"lost" || name == u"duplicates" || name == u"dropped" || name == u"refused");
    }
};

struct LoadTestUsage
{
    double cores = 0;
    double residentBytes = 0;
    int shards = 0; ///< of a gateway; 0: not told
};

struct LoadTestLatency
{
    qint64 count = 0;
    double p50Ms = 0;
    double p99Ms = 0;
    double maxMs = 0;
};

struct LoadTestStep
{
    int clients = 0; ///< wanted
    int open = 0; ///< at the end
    double seconds = 0;
    double connectSeconds = 0;
    double updatesPerSecond = 0;
    double bytesPerSecond = 0;
    qint64 refused = 0;
    qint64 failed = 0; ///< to connect, without an answer
    qint64 dropped = 0;
    qint64 lost = 0;
    qint64 duplicates = 0;
    qint64 thinned = 0;
    LoadTestLatency delivery = {};
    double busiestThread = 0; ///< of the swarm: share of a core
    bool isSwarmLimited = false;
    std::map<int, qint64> refusals = {}; ///< by HTTP status
    std::map<int, qint64> closes = {}; ///< by close code
    std::optional<LoadTestUsage> swarm = {};
    std::optional<LoadTestUsage> gateway = {};
    std::vector<LoadTestGoal> goals = {};

    /// Of all goals: one that is missed decides, then one that is undecided.
    LoadTestVerdict verdict() const;
    bool isConnected() const { return refused + failed == 0; }
};

} // namespace odin
