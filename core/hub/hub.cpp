#include "core/hub/hub.h"

#include "core/model/limits.h"
#include "core/wire/framebuilder.h"

#include <algorithm>

namespace odin {

namespace {

// When the bus stored the message, on our clock. A difference between the two clocks moves all of them alike.
SteadyTime storedAt(const StreamMessage &message)
{
    return message.received - std::chrono::milliseconds(wallMs() - message.storedMs);
}

} // namespace

Hub::Hub(std::vector<FrameSink *> sinks)
{
    for (auto *sink : sinks)
        m_outlets.push_back({sink});
}

void Hub::receive(StreamMessage message)
{
    m_encoded.clear();
    m_prices.clear();
    const auto at = m_isLate ? storedAt(message) : message.received;
    for (const auto &update : message.updates) {
        auto frame = encode(update, message);
        if (!frame)
            continue;
        if (frame->channel == Channel::Price)
            hear(frame, message, at);
        m_encoded.push_back(std::move(frame));
    }
    if (m_encoded.empty())
        return;
    keepPrices();
    post();
    m_counters.lastSeq.store(message.seq, std::memory_order_relaxed);
    if (message.origin == Origin::Live)
        countLive(message);
}

FramePtr Hub::encode(const Update &update, const StreamMessage &message)
{
    if (update.channel != Channel::Price)
        return updateFrame(update, message, 0);
    auto last = m_lastSeq.find(update.token);
    if (last == m_lastSeq.end()) {
        if (m_lastSeq.size() >= limits::tokensMax) {
            bump(m_counters.tokensRefused);
            return {};
        }
        last = m_lastSeq.insert(update.token, 0);
    }
    return updateFrame(update, message, std::exchange(*last, message.seq));
}

// The recent past teaches cadences, and the present. What is late does not: its gaps may be an outage's. Nor do the last
// messages per subject: updates in batches may lie between them and the next.
void Hub::hear(const FramePtr &price, const StreamMessage &message, SteadyTime at)
{
    const bool teaches = m_isLate ? message.origin == Origin::Replay : message.origin == Origin::Live;
    using Learn = SilenceWatch::Learn;
    const auto heard = m_silence.heard(price->token, at, teaches ? Learn::Yes : Learn::No);
    m_prices.push_back({price, at, heard.expected.value_or(std::chrono::milliseconds::zero()), false});
    if (!heard.ended)
        return;
    m_encoded.push_back(noticeFrame(FrameKind::Live, *heard.ended, message.received));
    bump(m_counters.liveTotal);
    m_counters.staleTokens.store(m_silence.staleTokens(), std::memory_order_relaxed);
}

void Hub::keepPrices()
{
    const std::lock_guard lock(m_mutex);
    for (auto &price : m_prices)
        m_latest[price.frame->token] = std::move(price);
}

void Hub::countLive(const StreamMessage &message)
{
    m_counters.busLagMs.store(std::max<qint64>(0, wallMs() - message.storedMs), std::memory_order_relaxed);
    for (const auto &frame : m_encoded) {
        if (frame->kind == FrameKind::Update)
            m_counters.feedToHub.record(frame->encoded - frame->received);
    }
}

void Hub::tick(SteadyTime completeUpTo)
{
    // Nor is anyone stale because we were not looking (a process that was stopped, a machine that was asleep).
    if (std::exchange(m_isLate, false) || completeUpTo - m_ticked > limits::staleMsMin)
        m_silence.restart(completeUpTo);
    m_ticked = completeUpTo;
    resetBehind();
    if (m_silence.isDue(completeUpTo))
        tellStale(m_silence.judge(completeUpTo));
}

void Hub::tellStale(const std::vector<TokenSilence> &silences)
{
    m_encoded.clear();
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &silence : silences) {
            m_encoded.push_back(noticeFrame(FrameKind::Stale, silence, silence.heard));
            m_latest[silence.token].stale = true;
        }
    }
    if (m_encoded.empty())
        return;
    post();
    bump(m_counters.staleTotal, silences.size());
    m_counters.staleTokens.store(m_silence.staleTokens(), std::memory_order_relaxed);
}

void Hub::post()
{
    for (auto &outlet : m_outlets) // the tables have what is in hand already
        outlet.isBehind = !(outlet.isBehind ? outlet.sink->reset(tables()) : outlet.sink->post(m_encoded));
    bump(m_counters.framesEncoded, m_encoded.size());
}

void Hub::resetStream()
{
    m_lastSeq.clear();
    m_silence.clear();
    m_counters.staleTokens.store(0, std::memory_order_relaxed);
    {
        const std::lock_guard lock(m_mutex);
        m_latest.clear();
    }
    for (auto &outlet : m_outlets)
        outlet.isBehind = !outlet.sink->reset({});
}

// Between the frames that such a sink had and the next ones some are missing: it must not take them for a whole.
void Hub::resetBehind()
{
    for (auto &outlet : m_outlets) {
        if (outlet.isBehind)
            outlet.isBehind = !outlet.sink->reset(tables());
    }
}

std::vector<FramePtr> Hub::tables() const
{
    auto latest = latestPrices();
    std::sort(latest.begin(), latest.end(), [](const FramePtr &a, const FramePtr &b) { return a->seq < b->seq; });
    for (auto &frame : latest) {
        auto entry = std::make_shared<Frame>(*frame);
        entry->origin = Origin::Table;
        frame = std::move(entry);
    }
    return latest;
}

std::vector<FramePtr> Hub::latestPrices() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<FramePtr> latest;
    latest.reserve(m_latest.size());
    for (const auto &[token, last] : m_latest)
        latest.push_back(last.frame);
    return latest;
}

std::vector<TokenLatest> Hub::latestTokens() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<TokenLatest> latest;
    latest.reserve(m_latest.size());
    for (const auto &[token, last] : m_latest)
        latest.push_back(last);
    return latest;
}

} // namespace odin
