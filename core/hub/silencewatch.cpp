#include "core/hub/silencewatch.h"

#include <algorithm>

namespace odin {

namespace {

std::chrono::milliseconds between(SteadyTime from, SteadyTime to)
{
    using std::chrono::milliseconds;
    return std::max(milliseconds::zero(), std::chrono::duration_cast<milliseconds>(to - from));
}

} // namespace

SilenceWatch::Heard SilenceWatch::heard(const QByteArray &token, SteadyTime at, Learn learn)
{
    auto &known = find(token);
    Heard result;
    if (const auto staleAfter = std::exchange(known.staleAfter, {})) {
        --m_stale;
        result.ended = TokenSilence{known.name, known.heard, between(known.heard, at), *staleAfter};
    }
    if (learn == Learn::No)
        known.cadence.interrupt();
    known.cadence.heard(at);
    known.heard = at;
    schedule(known);
    result.expected = known.cadence.expected();
    return result;
}

void SilenceWatch::restart(SteadyTime from)
{
    m_from = from;
    m_due.clear();
    for (auto &token : m_tokens) {
        token.cadence.interrupt();
        token.heard = std::min(token.heard, from); // the clock of the bus may be ahead
        token.queued.reset();
        if (!token.staleAfter)
            schedule(token);
    }
}

std::vector<TokenSilence> SilenceWatch::judge(SteadyTime upTo)
{
    std::vector<TokenSilence> stale;
    while (isDue(upTo)) {
        auto &token = m_tokens[m_due.begin()->second];
        m_due.erase(m_due.begin());
        token.queued.reset();
        const auto due = dueOf(token);
        if (due && *due <= upTo) {
            ++m_stale;
            token.staleAfter = token.cadence.expected();
            stale.push_back({token.name, token.heard, between(token.heard, upTo), *token.staleAfter});
        } else {
            schedule(token);
        }
    }
    return stale;
}

void SilenceWatch::clear()
{
    m_tokens.clear();
    m_places.clear();
    m_due.clear();
    m_stale = 0;
}

SilenceWatch::Token &SilenceWatch::find(const QByteArray &token)
{
    const auto place = m_places.constFind(token);
    if (place != m_places.cend())
        return m_tokens[*place];
    m_places.insert(token, m_tokens.size());
    return m_tokens.emplace_back(Token{token, {}, {}, {}, {}});
}

std::optional<SteadyTime> SilenceWatch::dueOf(const Token &token) const
{
    const auto expected = token.cadence.expected();
    if (!expected)
        return {};
    return std::max(token.heard, m_from) + *expected;
}

void SilenceWatch::schedule(Token &token)
{
    const auto due = dueOf(token);
    if (!due || (token.queued && *token.queued <= *due))
        return;
    const auto place = std::size_t(&token - m_tokens.data());
    if (token.queued)
        m_due.erase({*token.queued, place});
    m_due.emplace(*due, place);
    token.queued = due;
}

} // namespace odin
