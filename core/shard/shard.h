// Shard: one thread that serves its part of the clients: front door, sessions, fan-out.
// Thread: front object; every call from any thread (post/reset from the hub's, in order). Owner: core/gateway.
// The work is done by ShardWorker on the shard's own thread "odin-shard-k".
#pragma once

#include "core/base/mailbox.h"
#include "core/base/workerthread.h"
#include "core/flow/clientsource.h"
#include "core/flow/counters.h"
#include "core/flow/framesink.h"
#include "core/flow/gatewaystate.h"
#include "core/flow/guard.h"
#include "core/flow/httpport.h"
#include "core/flow/pastsource.h"
#include "core/shard/frontdoor.h"

#include <functional>
#include <memory>

namespace odin {

class ShardWorker;

class Shard final : public FrameSink, public ClientSource
{
public:
    /// Makes the shard's HTTP server, called on the shard's thread.
    using HttpFactory = std::function<std::unique_ptr<HttpPort>()>;

    /// `state` must outlive the shard. `past` too, or be stopped before.
    /// So must what `guard` names, and `tls` (null: the port speaks plainly).
    Shard(int number, GatewayState &state, PastSource &past, HttpFactory http, Guard guard = {}, const TlsPort *tls = nullptr);
    /// Cuts every connection that is left and ends the thread.
    ~Shard() override;

    bool post(std::span<const FramePtr> frames) override;
    bool reset(std::span<const FramePtr> latest) override;

    void listClients(RowsAnswer answer) override;
    void readClient(const QByteArray &id, DetailsAnswer answer) override;
    void disconnectClient(const QByteArray &id, FoundAnswer answer) override;
    void limitClient(const QByteArray &id, std::optional<double> maxHz, FoundAnswer answer) override;

    /// Takes the descriptor of an accepted connection.
    void admit(qintptr descriptor, Admission admission);
    /// Tells every client.
    void upstreamChanged(const UpstreamStatus &status);
    /// Tells every client to come back elsewhere or later, then closes all with CloseReason::Shutdown.
    void drain(std::chrono::milliseconds retryAfter);

    const ShardCounters &counters() const { return m_counters; }
    /// Frames that wait for this shard.
    std::size_t backlogFrames() const { return m_mailbox.size(); }

private:
    ShardCounters m_counters;
    Mailbox<FramePtr> m_mailbox; // a null frame: forget everything before
    WorkerThread m_thread;
    std::unique_ptr<ShardWorker> m_worker; // lives on m_thread
};

} // namespace odin
