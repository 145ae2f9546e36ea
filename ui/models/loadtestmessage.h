// LoadTestMessage: what odin-loadtest says with --progress json (docs/loadtest.md), line by line.
// Thread: any. Owner: values and a pure function.
#pragma once

#include "core/model/result.h"
#include "ui/models/loadteststep.h"

#include <QByteArray>

#include <variant>

namespace odin {

struct LoadTestStarted
{
    QString version;
    int threads = 0;
};

/// How it is now; numbers since the start, rates and times since the line before.
struct LoadTestReading
{
    double seconds = 0; ///< since the start
    int step = 0; ///< from 1
    int steps = 0;
    int clients = 0; ///< of this step
    bool isHolding = false;
    double share = 0; ///< of this phase, 0 to 1
    int open = 0;
    qint64 refused = 0;
    qint64 failed = 0;
    qint64 dropped = 0;
    qint64 lost = 0;
    double updatesPerSecond = 0;
    std::optional<double> p50Ms = {}; ///< nothing when nothing was delivered
    std::optional<double> p99Ms = {};
    std::optional<double> maxMs = {};
};

/// The last line.
struct LoadTestResult
{
    std::vector<LoadTestStep> steps;
    bool wasInterrupted = false;
    QByteArray report; ///< JSON, to be saved
    QString html; ///< the same as a page
};

/// std::monostate: a line of a kind that is not known here.
using LoadTestMessage = std::variant<std::monostate, LoadTestStarted, LoadTestReading, LoadTestStep, LoadTestResult>;

/// An error when the line is no JSON object.
Result<LoadTestMessage> parseLoadTestLine(const QByteArray &line);

} // namespace odin
