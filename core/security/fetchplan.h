// FetchPlan: when a key set by URL is due to be read anew. Pure; a value, for one thread.
#pragma once

#include "core/model/limits.h"
#include "core/model/types.h"

#include <optional>

namespace odin {

class FetchPlan
{
public:
    enum class Outcome { Read, Failed };

    void asked(SteadyTime now) { m_asked = now; }
    void answered(Outcome outcome) { m_lastFailed = outcome == Outcome::Failed; }

    /// `missed`: a token named a key that is not in the set. Like after a failure, that is a reason to look sooner.
    bool isDue(SteadyTime now, bool missed) const
    {
        if (!m_asked)
            return true;
        return now - *m_asked >= (missed || m_lastFailed ? limits::keySetMissMs : limits::keySetMs);
    }

private:
    std::optional<SteadyTime> m_asked;
    bool m_lastFailed = false;
};

} // namespace odin
