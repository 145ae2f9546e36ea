// Publisher: publishes to the stream over a connection of its own, with acknowledgement and Nats-Msg-Id.
// Thread: publish() from one thread at a time, blocking. Owner: whoever publishes (the simulator's composition).
#pragma once

#include "core/flow/buspublisher.h"
#include "core/model/securityconfig.h"

#include <QStringList>

#include <memory>

namespace odin {

class Connection;

class Publisher final : public BusPublisher
{
public:
    /// Connects at the first publish and again whenever the connection is gone.
    explicit Publisher(QStringList urls, BusSecurity security = {});
    ~Publisher() override;

    Result<Seq> publish(const QByteArray &subject, const QByteArray &payload, const QByteArray &messageId) override;

private:
    using Milliseconds = std::chrono::milliseconds;

    Result<Done> connect(Milliseconds wait);
    Result<Seq> publishToStream(const QByteArray &subject, const QByteArray &payload, const QByteArray &messageId,
                                Milliseconds wait);
    Result<Seq> publishPlainly(const QByteArray &subject, const QByteArray &payload, Milliseconds wait);
    bool hasJetStream(Milliseconds wait) const;

    const QStringList m_urls;
    const BusSecurity m_security;
    qsizetype m_nextUrl = 0;
    std::unique_ptr<Connection> m_connection;
    bool m_plain = false; // this connection's bus has no JetStream
    SteadyTime m_retryAt; // no new try to connect before: a fast publisher must not hammer a bus that is down
    QString m_trouble; // why the last try failed
};

} // namespace odin
