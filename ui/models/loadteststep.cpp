#include "ui/models/loadteststep.h"

#include <algorithm>

namespace odin {

QString verdictWord(LoadTestVerdict verdict)
{
    switch (verdict) {
    case LoadTestVerdict::None: break;
    case LoadTestVerdict::Met: return QStringLiteral("met");
    case LoadTestVerdict::Missed: return QStringLiteral("missed");
    case LoadTestVerdict::Undecided: return QStringLiteral("undecided");
    }
    return QStringLiteral("not judged");
}

LoadTestVerdict LoadTestStep::verdict() const
{
    const auto has = [this](LoadTestVerdict verdict) {
        return std::ranges::any_of(goals, [=](const LoadTestGoal &goal) { return goal.verdict == verdict; });
    };
    for (const auto verdict : {LoadTestVerdict::Missed, LoadTestVerdict::Undecided, LoadTestVerdict::Met}) {
        if (has(verdict))
            return verdict;
    }
    return LoadTestVerdict::None;
}

} // namespace odin
