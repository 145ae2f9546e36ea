#include "core/feed/connection.h"

#include "core/feed/connectwatch.h"
#include "core/feed/natssecurity.h"
#include "core/model/limits.h"

#include <algorithm>
#include <initializer_list>

namespace odin {
namespace {

using ClosedPromise = std::promise<void>;

void onClosed(natsConnection *, void *closure)
{
    const std::unique_ptr<ClosedPromise> closed(static_cast<ClosedPromise *>(closure));
    closed->set_value();
}

natsStatus firstError(std::initializer_list<natsStatus> results)
{
    const auto bad = std::ranges::find_if(results, [](natsStatus s) { return s != NATS_OK; });
    return bad == results.end() ? NATS_OK : *bad;
}

} // namespace

Connection::Connection(const BusAddress &bus, const char *name, std::chrono::milliseconds timeout)
    : m_status(connect(bus, name, timeout))
{
    if (m_status != NATS_OK)
        return;
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = limits::busRequestMsMax.count();
    m_status = natsConnection_JetStream(out(m_jetStream), m_handle.get(), &options);
}

Connection::~Connection()
{
    if (!m_handle)
        return;
    natsConnection_Close(m_handle.get());
    // Close returns at once when cnats itself is closing on another thread; the promise is kept when its threads ended.
    m_closed.wait_for(limits::busRequestMsMax);
    m_subscriptions.clear();
}

natsStatus Connection::connect(const BusAddress &bus, const char *name, std::chrono::milliseconds timeout)
{
    auto closed = std::make_unique<ClosedPromise>();
    m_closed = closed->get_future();
    NatsOptionsPtr options;
    if (const natsStatus s = natsOptions_Create(out(options)); s != NATS_OK)
        return s;
    natsOptions *o = options.get();
    const auto url = bus.url.toUtf8();
    const natsStatus s = firstError({
        natsOptions_SetURL(o, url.constData()),
        secure(o, url, bus.security),
        natsOptions_SetName(o, name),
        natsOptions_SetTimeout(o, timeout.count()),
        natsOptions_SetAllowReconnect(o, false),
        natsOptions_SetIgnoreDiscoveredServers(o, true),
        natsOptions_SetPingInterval(o, limits::busPingMs.count()),
        natsOptions_SetMaxPingsOut(o, 2),
        natsOptions_SetWriteDeadline(o, limits::busRequestMsMax.count()),
        natsOptions_SetMaxPendingMsgs(o, limits::busPendingMessagesMax),
        natsOptions_SetClosedCB(o, onClosed, closed.get()),
    });
    if (s != NATS_OK)
        return s;
    const ConnectWatch watch(timeout);
    const natsStatus connected = natsConnection_Connect(out(m_handle), o);
    if (connected == NATS_OK)
        (void)closed.release(); // onClosed owns it now: cnats calls it exactly once
    return connected == NATS_SSL_ERROR && watch.isOver() ? NATS_TIMEOUT : connected;
}

} // namespace odin
