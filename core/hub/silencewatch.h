// SilenceWatch: knows the cadence of every token, and which of them are silent for longer than is normal for them.
// Has no clock: time is what it is told.
// Thread: confined to the feed's. Owner: the hub.
#pragma once

#include "core/hub/cadence.h"
#include "core/wire/framebuilder.h"

#include <QHash>

#include <set>
#include <utility>
#include <vector>

namespace odin {

class SilenceWatch
{
public:
    enum class Learn { Yes, No };

    struct Heard
    {
        std::optional<TokenSilence> ended; ///< the silence that was called stale and is over
        std::optional<std::chrono::milliseconds> expected;
    };

    /// An update. Learn::No: it is late, so that its gap tells nothing of the publisher.
    Heard heard(const QByteArray &token, SteadyTime at, Learn learn);
    /// Silence before this moment is nobody's: after an outage, nobody is stale because of it.
    void restart(SteadyTime from);
    /// There may be something to judge: judge() would look at least at one token.
    bool isDue(SteadyTime upTo) const { return !m_due.empty() && m_due.begin()->first <= upTo; }
    /// The tokens that have become stale, each once until it is heard again.
    std::vector<TokenSilence> judge(SteadyTime upTo);
    /// Forgets every token.
    void clear();

    std::size_t staleTokens() const { return m_stale; }

private:
    struct Token
    {
        QByteArray name;
        Cadence cadence;
        SteadyTime heard;
        std::optional<SteadyTime> queued;                        // its place in m_due
        std::optional<std::chrono::milliseconds> staleAfter;     // stale now
    };

    Token &find(const QByteArray &token);
    std::optional<SteadyTime> dueOf(const Token &token) const;
    void schedule(Token &token);

    SteadyTime m_from; // silence counts from here at the earliest
    std::vector<Token> m_tokens;
    QHash<QByteArray, std::size_t> m_places; // in m_tokens
    // When to look at which token, one entry per token at most. An update does not touch it unless the token is due
    // sooner than before: who is looked at too early is put back.
    std::set<std::pair<SteadyTime, std::size_t>> m_due;
    std::size_t m_stale = 0;
};

} // namespace odin
