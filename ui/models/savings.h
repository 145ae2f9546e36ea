// Savings: what users cost by polling, what they cost by push, and from which numbers that follows.
// Thread: any. Owner: values and pure functions.
// Nothing here is measured but PushMeasured. Everything else is an assumption that an operator can change.
#pragma once

#include <QtGlobal>

#include <optional>

namespace odin {

struct GatewayHistory;

/// The first five are of the analysis that this product follows from; the others are round figures, to be replaced.
struct SavingsAssumptions
{
    double users = 100'000;
    double pollsPerUserPerMinute = 30;
    double emptyPercent = 90; ///< polls that are answered "no changes"
    double pollingDollarsPerMonth = 3'000; ///< for pollingRequestsPerMinute
    double plannedDollarsPerMonth = 1'550; ///< what the analysis expects of the push for 100,000 users
    double pollingRequestsPerMinute = 3'000'000;
    double requestBytes = 600; ///< one poll, with its headers
    double emptyAnswerBytes = 250;
    double fullAnswerBytes = 2'000;
    double dollarsPerCoreMonth = 25;
    double dollarsPerMemoryGigabyteMonth = 3;
    double dollarsPerTrafficGigabyte = 0; ///< of both sides; the analysis names none

    bool operator==(const SavingsAssumptions &) const = default;
};

/// Means of the gateway's own counters over the time from fromMs to toMs; cores and memory of its whole process.
struct PushMeasured
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    double clients = 0;
    double deliveriesPerSecond = 0;
    double bytesPerSecond = 0;
    double cores = 0;
    double memoryBytes = 0;
    std::optional<double> waitMs; ///< median from the publisher's timestamp to the client's socket
};

/// Of the last savingsMsMax; nothing when no client was connected.
std::optional<PushMeasured> measurePush(const GatewayHistory &history, qint64 nowMs);

/// One way of serving one number of users. What does not follow from what is known is not there.
struct ServingCost
{
    std::optional<double> users;
    std::optional<double> messagesPerMinute; ///< requests, or updates delivered
    std::optional<double> emptyPerMinute; ///< of these: carried nothing new
    std::optional<double> bytesPerSecond; ///< both ways for polling, out for push
    std::optional<double> trafficGigabytesPerMonth;
    std::optional<double> cores;
    std::optional<double> memoryBytes;
    std::optional<double> dollarsPerMonth;
    std::optional<double> waitMs; ///< for a new price, median; of the push only where it was measured
};

inline constexpr double secondsPerMonth = 30.0 * 24 * 3'600;
inline constexpr double bytesPerGigabyte = 1e9;

ServingCost costOfPolling(double users, const SavingsAssumptions &assumed);
/// Linear in the clients that were measured. CPU, memory and money only from savingsClientsMin of them on: what a
/// gateway costs without any client is divided by all, so that few would make many look far too expensive.
ServingCost costOfPush(double users, const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured);

struct SavingsReport
{
    ServingCost pollingNow; ///< of as many users as were connected
    ServingCost pushNow; ///< measured; the money follows from the prices
    ServingCost polling; ///< of as many users as are assumed
    ServingCost push; ///< extrapolated
    double plannedDollarsPerMonth = 0;

    /// How much less the push costs, of what polling costs; negative when it costs more.
    std::optional<double> savedPercent() const;
};

SavingsReport compareCosts(const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured);

} // namespace odin
