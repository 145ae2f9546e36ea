// Acceptor: listens on the public port and hands each accepted descriptor to the shards in turn.
// Thread: the control thread. Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/model/result.h"
#include "core/shard/shard.h"

#include <QHostAddress>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace odin {

class Acceptor : public QTcpServer
{
    Q_OBJECT
public:
    /// `connectionsMax`: beyond it a connection is told 503 at the door; far beyond it is cut at once.
    Acceptor(std::vector<std::unique_ptr<Shard>> &shards, Census &census, int connectionsMax);

    /// The sentence of an error names the address and what to do.
    Result<Done> open(const QHostAddress &address, quint16 port);

    /// Connections that were cut without a word because even the door was full.
    std::uint64_t cut() const { return m_cut.load(std::memory_order_relaxed); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::vector<std::unique_ptr<Shard>> &m_shards;
    Census &m_census;
    const int m_connectionsMax;
    std::size_t m_next = 0;
    Counter m_cut{0};
};

} // namespace odin
