// ManagedBroker: a private nats-server child with JetStream on 127.0.0.1, started, watched, restarted and stopped here.
// Thread: create, use and destroy on one thread with an event loop that lives as long as the process should
// (the child gets SIGKILL when that thread ends: PDEATHSIG). Owner: core/gateway.
// The store stays in the state folder between starts; credentials are made anew each start.
#pragma once

#include "core/model/result.h"
#include "core/model/upstream.h"

#include <QObject>
#include <QString>

#include <memory>

namespace odin {

struct BrokerConfig
{
    QString stateFolder; ///< XDG state folder of the program; the store goes to <stateFolder>/nats[-N]
    QString serverProgram; ///< empty = "nats-server" from the PATH
    quint16 firstPort = 4222; ///< this one or the next free one
};

class ManagedBroker : public QObject
{
    Q_OBJECT
public:
    explicit ManagedBroker(BrokerConfig config, QObject *parent = nullptr);
    /// Ends the child: SIGTERM, then SIGKILL after two seconds.
    ~ManagedBroker() override;

    /// Fails at once when there is no nats-server (the sentence names the package) or no usable state folder.
    Result<Done> start();

    /// nats://user:password@127.0.0.1:port; valid from ready() on, the same across restarts of the child.
    QString url() const;
    /// The same without credentials.
    QString publicUrl() const;
    qint64 processId() const;

Q_SIGNALS:
    void ready();
    /// The child ended or could not start; it is being restarted.
    void down(const odin::BrokerRestart &restart);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace odin
