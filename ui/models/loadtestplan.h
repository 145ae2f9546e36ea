// LoadTestPlan: a load test as an operator states it, what is wrong with it, and how odin-loadtest is told.
// Thread: any. Owner: values and pure functions.
#pragma once

#include "core/model/result.h"
#include "core/model/snapshot.h"

#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace odin {

/// At most so much; nothing: not judged.
struct LoadTestLimits
{
    std::optional<int> p50Ms = 50;
    std::optional<int> p99Ms = 200;
    std::optional<int> lost = 0;
    std::optional<int> dropped = 0;
    std::optional<int> refused = 0;
};

struct LoadTestPlan
{
    QString url;
    QString admin; ///< empty: the gateway's CPU and memory are not measured
    std::vector<int> ramp{100, 1000, 5000};
    std::chrono::milliseconds hold{30'000};
    int connectsPerSecond = 0; ///< 0: as fast as they are answered
    QString mix = QStringLiteral("normal=100");
    LoadTestLimits limits = {};
};

/// "100, 1000, 5000": rising, at most loadTestStepsMax of at most loadTestClientsMax.
Result<std::vector<int>> rampOf(const QString &text);
QString rampText(const std::vector<int> &ramp);

/// What keeps it from being run: what is wrong and what would be right.
Result<Done> checked(const LoadTestPlan &plan);
QStringList argumentsOf(const LoadTestPlan &plan);
/// "3 steps of 30 s each, up to 5,000 clients: about 2 min".
QString sentenceOf(const LoadTestPlan &plan);
/// Of a search that begins with so many clients.
QString sentenceOf(const LoadTestPlan &plan, int first);

/// Why an operator should think again before this load is put on this target; empty when nothing speaks against it.
/// `own`: the gateway of this console.
QStringList doubtsAbout(const LoadTestPlan &plan, const GatewaySnapshot &own);
bool isLoopback(const QString &url);

} // namespace odin
