#include "ui/models/savings.h"

#include "core/model/limits.h"
#include "ui/models/gatewayhistory.h"

namespace odin {

namespace {

constexpr double msPerMinute = 60'000;

double gigabytesPerMonth(double bytesPerSecond) { return bytesPerSecond * secondsPerMonth / bytesPerGigabyte; }

/// Bytes of one poll and its answer, mean over empty and full ones.
double bytesPerPoll(const SavingsAssumptions &assumed)
{
    const double empty = assumed.emptyPercent / 100;
    return assumed.requestBytes + empty * assumed.emptyAnswerBytes + (1 - empty) * assumed.fullAnswerBytes;
}

/// Only when all three are there.
double dollarsOf(const ServingCost &push, const SavingsAssumptions &assumed)
{
    return *push.cores * assumed.dollarsPerCoreMonth
        + *push.memoryBytes / bytesPerGigabyte * assumed.dollarsPerMemoryGigabyteMonth
        + *push.trafficGigabytesPerMonth * assumed.dollarsPerTrafficGigabyte;
}

} // namespace

std::optional<PushMeasured> measurePush(const GatewayHistory &history, qint64 nowMs)
{
    const auto mean = [&](const HistorySeries &series) { return series.mean(nowMs, limits::savingsMsMax).value_or(0); };
    PushMeasured measured{.fromMs = nowMs - limits::savingsMsMax.count(),
                          .toMs = nowMs,
                          .clients = mean(history.clients),
                          .deliveriesPerSecond = mean(history.deliveriesPerSecond),
                          .bytesPerSecond = mean(history.bytesPerSecond),
                          .cores = mean(history.cpuPercent) / 100,
                          .memoryBytes = mean(history.residentBytes),
                          .waitMs = {}};
    if (measured.clients <= 0)
        return std::nullopt;
    if (const auto points = history.clients.shown(nowMs, limits::savingsMsMax); !points.isEmpty())
        measured.fromMs = std::max(measured.fromMs, nowMs + static_cast<qint64>(points.first().x() * 1'000));
    const auto latency = history.latency.over(0, nowMs)[std::size_t(LatencyPart::EndToEnd)];
    if (latency.count() > 0)
        measured.waitMs = latency.percentileMs(50);
    return measured;
}

// Requests: users x polls. Money: the analysis' price of a request x requests, and traffic x its price. Wait: a price
// that appears at any time between two polls waits for half of the time between them, median as well as mean.
ServingCost costOfPolling(double users, const SavingsAssumptions &assumed)
{
    ServingCost cost;
    const double requests = users * assumed.pollsPerUserPerMinute;
    const double bytes = requests / 60 * bytesPerPoll(assumed);
    cost.users = users;
    cost.messagesPerMinute = requests;
    cost.emptyPerMinute = requests * assumed.emptyPercent / 100;
    cost.bytesPerSecond = bytes;
    cost.trafficGigabytesPerMonth = gigabytesPerMonth(bytes);
    if (assumed.pollingRequestsPerMinute > 0)
        cost.dollarsPerMonth = assumed.pollingDollarsPerMonth * requests / assumed.pollingRequestsPerMinute
            + *cost.trafficGigabytesPerMonth * assumed.dollarsPerTrafficGigabyte;
    if (assumed.pollsPerUserPerMinute > 0)
        cost.waitMs = msPerMinute / assumed.pollsPerUserPerMinute / 2;
    return cost;
}

// Everything that was measured x users / clients. Money: cores, memory and traffic x their prices.
ServingCost costOfPush(double users, const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured)
{
    ServingCost cost;
    cost.users = users;
    if (!measured || measured->clients <= 0)
        return cost;
    const double factor = users / measured->clients;
    cost.messagesPerMinute = measured->deliveriesPerSecond * 60 * factor;
    cost.emptyPerMinute = 0; // an update is sent because there is one
    cost.bytesPerSecond = measured->bytesPerSecond * factor;
    cost.trafficGigabytesPerMonth = gigabytesPerMonth(*cost.bytesPerSecond);
    if (measured->clients < limits::savingsClientsMin)
        return cost;
    cost.cores = measured->cores * factor;
    cost.memoryBytes = measured->memoryBytes * factor;
    cost.dollarsPerMonth = dollarsOf(cost, assumed);
    return cost;
}

std::optional<double> SavingsReport::savedPercent() const
{
    if (!polling.dollarsPerMonth || !push.dollarsPerMonth || *polling.dollarsPerMonth <= 0)
        return std::nullopt;
    return 100 * (1 - *push.dollarsPerMonth / *polling.dollarsPerMonth);
}

SavingsReport compareCosts(const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured)
{
    SavingsReport report;
    report.plannedDollarsPerMonth = assumed.plannedDollarsPerMonth;
    report.polling = costOfPolling(assumed.users, assumed);
    report.push = costOfPush(assumed.users, assumed, measured);
    if (!measured)
        return report;
    report.pollingNow = costOfPolling(measured->clients, assumed);
    report.pushNow = costOfPush(measured->clients, assumed, measured);
    // What is there was measured as it is, however few use it.
    report.pushNow.cores = measured->cores;
    report.pushNow.memoryBytes = measured->memoryBytes;
    report.pushNow.waitMs = measured->waitMs;
    report.pushNow.dollarsPerMonth = dollarsOf(report.pushNow, assumed);
    return report;
}

} // namespace odin
