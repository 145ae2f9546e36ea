// LoadTestOutcome: what a load test came to, in one word and one sentence.
// Thread: any. Owner: values and pure functions.
#pragma once

#include "ui/models/loadteststep.h"

namespace odin {

struct LoadTestOutcome
{
    enum class Kind { Good, Doubtful, Bad };

    Kind kind = Kind::Good;
    QString word;
    QString sentence; ///< what happened, why, and what to do
};

/// "p99 120 ms, at most 50 ms was wanted; 3 lost, at most 0 was wanted". Empty when nothing was missed or undecided.
QString missedText(const LoadTestStep &step);

/// Why nobody is connected at the end of this step; empty when somebody is.
QString unreachedText(const LoadTestStep &step, const QString &url);

enum class Ended { ByItself, Early };

/// Of a ramp whose steps were measured as said.
LoadTestOutcome outcomeOf(const std::vector<LoadTestStep> &steps, const QString &url, Ended ended);

} // namespace odin
