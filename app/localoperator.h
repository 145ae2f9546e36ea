// LocalOperator: the gateway of this process and its simulator, joined behind OperatorPort.
// Thread: start/stop on main, the OperatorPort calls from any. Owner: main().
#pragma once

#include "app/options.h"
#include "app/settingskeeper.h"
#include "core/base/log.h"
#include "core/feed/publisher.h"
#include "core/flow/operatorport.h"
#include "core/gateway/gateway.h"
#include "simulator/market/marketsimulator.h"

#include <QObject>

#include <memory>
#include <mutex>

namespace odin {

class LocalOperator final : public QObject, public OperatorPort
{
    Q_OBJECT
public:
    explicit LocalOperator(Options options);
    ~LocalOperator() override;

    std::optional<StartFailure> start();
    /// Ends everything within a few seconds.
    void stop();

    /// Reads certificates, keys and lists of revoked tokens anew.
    void reload() { m_gateway.reload(); }

    SnapshotPtr snapshot() const override { return m_gateway.snapshot(); }
    std::vector<LogEntry> log(quint64 after) const override { return logTail(after); }
    Result<Done> changeSimulated(const QByteArray &token, const SimulatedTokenChange &change) override;
    Result<Done> simulate(const SimulatorCommand &command) override;

    ClientListingPtr clients(const ClientQuery &query) override;
    ClientDetailsPtr client(const QByteArray &id) override;
    void disconnectClient(const QByteArray &id, Answer answer) override;
    void limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer) override;

    SettingsPtr settings() const override { return m_settings.listing(); }
    Result<Done> changeSetting(const QString &name, const std::optional<QString> &value) override
    {
        return m_settings.change(name, value);
    }

    /// ready page=... ws=... admin=... nats=...
    QByteArray readyLine() const;
    QStringList busUrls() const { return m_gateway.busUrls(); }

Q_SIGNALS:
    /// On the main thread, once: pages are served and the first try to reach the bus has ended.
    void serving();

private:
    Gateway::Events events();
    void startSimulator(const QStringList &busUrls);
    std::optional<SimulatorStatus> simulatorStatus() const;
    Error notSimulating() const;

    const Options m_options;
    SettingsKeeper m_settings;

    mutable std::mutex m_mutex;
    std::unique_ptr<Publisher> m_publisher;         // guarded by m_mutex, like the simulator: made when the bus is live
    std::unique_ptr<MarketSimulator> m_simulator;

    Gateway m_gateway; // last: it ends first, and it reads the simulator's status
};

} // namespace odin
