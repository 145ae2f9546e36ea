#include "core/feed/jetstreamsession.h"

#include "core/base/log.h"
#include "core/feed/tables.h"
#include "core/model/limits.h"

namespace odin {

using namespace Qt::StringLiterals;
using std::chrono::steady_clock;

namespace {

constexpr int quietAnswersForLive = 2;

} // namespace

JetStreamSession::JetStreamSession(Connection &connection, const FeedConfig &config, SessionContext context)
    : m_connection(connection), m_config(config), m_context(context)
{
}

std::optional<Failure> JetStreamSession::run(const StreamFacts &facts, std::stop_token stop)
{
    m_replaces = facts.replaces;
    adopt(facts);
    m_context.intake.catchUp();
    if (facts.lastNs == 0) // an empty stream has no tables
        m_context.position.tablesFilled = true;
    if (!m_context.position.tablesFilled)
        if (const Ending ending = fillTables(m_connection, m_config, m_context, stop))
            return ending;
    return consume(facts.lastNs == 0 ? 0 : facts.lastSeq, stop);
}

// The stream may be another one than last time, or may have lost its end (a machine that lost power), or what comes
// next: then going on would be a hole that no `prev` tells of.
void JetStreamSession::adopt(const StreamFacts &facts)
{
    const Seq last = m_context.intake.last();
    const bool isTrimmed = m_context.position.consuming && facts.firstSeq > last + 1;
    if (isTrimmed)
        qCWarning(lcFeed) << "the stream no longer has the messages" << last + 1 << "to" << facts.firstSeq - 1
                          << ": the outage was longer than it keeps them; clients begin anew";
    if (facts.epoch != m_context.position.epoch || facts.lastSeq < last || isTrimmed)
        startOver(facts);
    m_context.status.setStream(facts.epoch, Durability::JetStream);
    if (!m_context.position.caughtUp)
        m_context.status.replaying();
}

void JetStreamSession::startOver(const StreamFacts &facts)
{
    if (!m_context.position.epoch.isEmpty())
        m_context.intake.reset();
    for (const QString &warning : facts.warnings)
        qCWarning(lcFeed).noquote() << "stream" << m_config.streamName << "is used as it is, but" << warning;
    m_context.position = {.epoch = facts.epoch};
    // Never later than the last message (of an empty stream: than any): else a server whose clock is behind ours would
    // start at its end and skip what is published between now and the start of the consumer.
    const qint64 startNs = std::min(wallMs() * nsPerMs, facts.lastNs) - m_config.replay.count() * nsPerMs;
    m_context.position.replayFromNs = std::max(startNs, qint64(1));
}

ConsumerStart JetStreamSession::mainStart() const
{
    const Position &position = m_context.position;
    return position.consuming ? ConsumerStart::atSeq(m_context.intake.last() + 1)
                              : ConsumerStart::atTime(position.replayFromNs);
}

// `lastSeq`: the end of the stream at the start of the session; 0 = empty. (Asking the server how much waits would be
// no better: 2.9.10 says nothing waits and nothing was sent while a message is between the two.)
std::optional<Failure> JetStreamSession::consume(Seq lastSeq, std::stop_token stop)
{
    Consumer consumer(m_connection);
    jsErrCode code{};
    if (const natsStatus s = consumer.open(m_config.streamName, mainStart(), code); s != NATS_OK)
        return requestFailure(s, code, u"starting to read the stream"_s);
    if (lastSeq <= m_context.intake.last())
        goLive();
    m_progressed = m_checked = m_complete = steady_clock::now();
    while (!stop.stop_requested()) {
        NatsMsgPtr message;
        Delivery delivery;
        m_context.announcer.publish(m_connection.handle());
        const natsStatus s = consumer.next(message, delivery, limits::busTickMs);
        if (s == NATS_OK && isLossBefore(delivery.streamSeq))
            return Failure{Trouble::Broken, u"The stream has dropped messages before they were read: give it more room."_s};
        if (s == NATS_OK)
            take(message.get(), delivery);
        else if (s != NATS_TIMEOUT)
            return deliveryFailure(s);
        else if (const Ending ending = checkIdle(consumer))
            return ending;
        if (m_live)
            m_context.intake.tick(m_complete);
    }
    return {};
}

// What was deleted from the midst is a publisher's or an operator's wish, and so is what a newer one replaced. But a
// stream that was full, or purged, while we were behind has dropped what is due to clients: the next session sees that it
// is trimmed, and starts over.
bool JetStreamSession::isLossBefore(Seq seq)
{
    const Seq expected = m_context.intake.last() + 1;
    if (m_replaces || !m_context.position.consuming || seq <= expected)
        return false;
    const auto now = findStream(m_connection.jetStream(), m_config.streamName);
    return !now || now->firstSeq > expected;
}

void JetStreamSession::take(const natsMsg *message, const Delivery &delivery)
{
    m_progressed = m_checked = steady_clock::now();
    m_quietAnswers = 0;
    m_context.position.consuming = true;
    m_context.intake.take(message, delivery.streamSeq, delivery.storedNs / nsPerMs,
                          m_context.position.caughtUp ? Origin::Live : Origin::Replay);
    if (delivery.pending > 0)
        return;
    m_complete = m_progressed;
    goLive();
}

void JetStreamSession::goLive()
{
    if (m_live)
        return;
    m_live = true;
    m_context.position.caughtUp = true;
    m_context.status.live();
}

// Silence: ask the server whether it is the publishers' or ours. A busy feed never asks.
std::optional<Failure> JetStreamSession::checkIdle(Consumer &consumer)
{
    const SteadyTime now = steady_clock::now();
    if (now - m_checked < limits::busHeartbeatMs)
        return {};
    m_checked = now;
    ConsumerProgress progress;
    jsErrCode code{};
    const natsStatus s = consumer.progress(progress, limits::busAnswerMsMax, code);
    if (s == NATS_TIMEOUT && consumer.hasMore())
        return {};
    if (s == NATS_TIMEOUT)
        return Failure{Trouble::Unreachable, u"The bus does not answer: look at the bus and the network."_s};
    if (s == NATS_NOT_FOUND || code == JSStreamNotFoundErr)
        return Failure{Trouble::Broken, u"The bus has dropped the consumer or the stream: starting to read again."_s};
    if (s != NATS_OK)
        return deliveryFailure(s);
    if (progress.pending == 0 && progress.sent <= consumer.received()) {
        m_progressed = m_complete = now;
        // The end of the stream was deleted: nothing more will come of what was there. Asked twice, because 2.9.10 says
        // so too while a message is between the two.
        if (++m_quietAnswers >= quietAnswersForLive)
            goLive();
    } else if (now - m_progressed > limits::busStallMsMax) {
        return Failure{Trouble::Broken, u"Messages wait on the bus and none arrives: starting to read again."_s};
    }
    return {};
}

} // namespace odin
