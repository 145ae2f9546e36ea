#include "core/feed/consumer.h"

#include "core/model/limits.h"

namespace odin {
namespace {

jsSubOptions subscribeOptions(const QByteArray &stream, const ConsumerStart &start)
{
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = stream.constData();
    jsConsumerConfig &config = options.Config;
    config.DeliverPolicy = start.policy;
    config.OptStartSeq = quint64(start.seq);
    config.OptStartTime = start.ns;
    config.AckPolicy = js_AckNone;
    config.MaxDeliver = 1;
    config.MemoryStorage = true;
    config.Replicas = 1;
    config.FlowControl = true;
    config.Heartbeat = std::chrono::nanoseconds(limits::busHeartbeatMs).count();
    return options;
}

} // namespace

// ">" covers all subjects of the stream in one filter; with it the server can use the stream's own order and counts.
natsStatus Consumer::open(const QByteArray &stream, const ConsumerStart &start, jsErrCode &code, const QByteArray &subject)
{
    jsSubOptions options = subscribeOptions(stream, start);
    NatsSubscriptionPtr subscription;
    const natsStatus status =
        js_SubscribeSync(out(subscription), m_connection.jetStream(), subject.constData(), nullptr, &options, &code);
    m_subscription = subscription.get();
    if (subscription)
        m_connection.keep(std::move(subscription));
    return status;
}

natsStatus Consumer::progress(ConsumerProgress &into, std::chrono::milliseconds wait, jsErrCode &code)
{
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = wait.count();
    JsConsumerInfoPtr info;
    const natsStatus status = natsSubscription_GetConsumerInfo(out(info), m_subscription, &options, &code);
    if (status == NATS_OK)
        into = {Seq(info->Delivered.Consumer), info->NumPending};
    return status;
}

natsStatus Consumer::next(NatsMsgPtr &message, Delivery &delivery, std::chrono::milliseconds wait)
{
    if (const natsStatus s = natsSubscription_NextMsg(out(message), m_subscription, wait.count()); s != NATS_OK)
        return s;
    const char *reply = natsMsg_GetReply(message.get());
    const auto parsed = parseAckSubject(reply ? reply : "");
    if (!parsed || parsed->consumerSeq != ++m_received)
        return NATS_MISMATCH;
    delivery = *parsed;
    return NATS_OK;
}

bool Consumer::hasMore() const
{
    int messages = 0;
    natsSubscription_GetPending(m_subscription, &messages, nullptr);
    return messages > 0;
}

void Consumer::close()
{
    if (m_subscription)
        natsSubscription_Unsubscribe(m_subscription);
}

} // namespace odin
