// Smart pointers for what cnats gives out, and out(): lets a C function fill one.
// Thread: that of the object behind the pointer. Owner: the pointer.
#pragma once

#include <nats/nats.h>

#include <memory>

namespace odin {

template<auto destroy>
struct NatsDelete
{
    template<class T>
    void operator()(T *object) const
    {
        destroy(object);
    }
};

template<class T, auto destroy>
using NatsPtr = std::unique_ptr<T, NatsDelete<destroy>>;

using NatsOptionsPtr = NatsPtr<natsOptions, natsOptions_Destroy>;
using NatsConnectionPtr = NatsPtr<natsConnection, natsConnection_Destroy>;
using NatsSubscriptionPtr = NatsPtr<natsSubscription, natsSubscription_Destroy>;
using NatsMsgPtr = NatsPtr<natsMsg, natsMsg_Destroy>;
using JsContextPtr = NatsPtr<jsCtx, jsCtx_Destroy>;
using JsStreamInfoPtr = NatsPtr<jsStreamInfo, jsStreamInfo_Destroy>;
using JsConsumerInfoPtr = NatsPtr<jsConsumerInfo, jsConsumerInfo_Destroy>;
using JsAccountInfoPtr = NatsPtr<jsAccountInfo, jsAccountInfo_Destroy>;
using JsPubAckPtr = NatsPtr<jsPubAck, jsPubAck_Destroy>;

/// Holds what the C function wrote and hands it to the smart pointer at the end of the full expression.
template<class Ptr>
class Out
{
public:
    explicit Out(Ptr &to) : m_to(to) {}
    ~Out() { m_to.reset(m_raw); }
    Out(const Out &) = delete;
    Out &operator=(const Out &) = delete;
    operator typename Ptr::pointer *() { return &m_raw; }

private:
    Ptr &m_to;
    typename Ptr::pointer m_raw = nullptr;
};

template<class Ptr>
Out<Ptr> out(Ptr &to)
{
    return Out<Ptr>(to);
}

} // namespace odin
