#include "core/feed/coresession.h"

#include "core/model/limits.h"

#include <QRandomGenerator>

namespace odin {

using namespace Qt::StringLiterals;
using std::chrono::steady_clock;

std::optional<Failure> CoreSession::run(std::stop_token stop)
{
    natsSubscription *tokens = subscribe("odin.tokens.>");
    natsSubscription *market = subscribe("odin.market.>");
    if (!tokens || !market)
        return Failure{Trouble::Unreachable, u"The connection to the bus was lost while subscribing."_s};
    if (m_context.position.epoch.isEmpty())
        m_context.position.epoch = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    m_context.intake.catchUp();
    m_context.status.setStream(m_context.position.epoch, Durability::None);
    m_context.status.live(u"The bus has no JetStream: updates are lost during outages. Enable JetStream on the bus."_s);

    SteadyTime checked = m_complete = steady_clock::now();
    while (!stop.stop_requested()) {
        m_context.announcer.publish(m_connection.handle());
        natsStatus s = takeNext(tokens, limits::busTickMs);
        if (s == NATS_OK || s == NATS_TIMEOUT)
            s = takeNext(market, {});
        if (s == NATS_TIMEOUT && steady_clock::now() - checked > limits::busHeartbeatMs) {
            const SteadyTime asked = steady_clock::now();
            s = natsConnection_FlushTimeout(m_connection.handle(), limits::busAnswerMsMax.count());
            checked = steady_clock::now();
            if (s == NATS_TIMEOUT)
                return Failure{Trouble::Unreachable, u"The bus does not answer: look at the bus and the network."_s};
            if (s == NATS_OK) // the answer comes behind everything that was published before the question
                m_complete = asked;
        }
        // Dropped messages of a bus without a memory cannot be had again: go on.
        if (s != NATS_OK && s != NATS_TIMEOUT && s != NATS_SLOW_CONSUMER)
            return Failure{Trouble::Unreachable, u"The connection to the bus was lost: look at the bus."_s};
        m_context.intake.tick(m_complete);
    }
    return {};
}

natsSubscription *CoreSession::subscribe(const char *subject)
{
    NatsSubscriptionPtr subscription;
    natsConnection_SubscribeSync(out(subscription), m_connection.handle(), subject);
    natsSubscription *raw = subscription.get();
    if (subscription)
        m_connection.keep(std::move(subscription));
    return raw;
}

natsStatus CoreSession::takeNext(natsSubscription *subscription, std::chrono::milliseconds wait)
{
    NatsMsgPtr message;
    const natsStatus s = natsSubscription_NextMsg(out(message), subscription, wait.count());
    if (s != NATS_OK)
        return s;
    m_complete = steady_clock::now();
    m_context.intake.take(message.get(), m_context.intake.last() + 1, wallMs(), Origin::Live);
    return s;
}

} // namespace odin
