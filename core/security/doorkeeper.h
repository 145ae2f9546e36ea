// DoorKeeper: the doors' policy of one port: caps per address and per user, Host, Origin, balancers.
// Thread: any; one mutex, held for a look into a table (a connection costs a microsecond in all).
// Owner: core/gateway; outlives the doors that ask it.
#pragma once

#include "core/flow/doorpolicy.h"
#include "core/model/result.h"
#include "core/model/securityconfig.h"
#include "core/security/addresscaps.h"
#include "core/security/balancers.h"
#include "core/security/hostrules.h"
#include "core/security/originrules.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace odin {

class DoorKeeper final : public DoorPolicy
{
public:
    /// The sentence of an error names the entry of a list that cannot be read.
    static Result<std::shared_ptr<DoorKeeper>> make(const DoorConfig &config);

    bool isDryRun() const override { return m_config.dryRun; }
    bool isBalancer(const QHostAddress &peer) const override { return m_balancers.contains(peer); }

    std::optional<Turnaway> arrived(const QHostAddress &address) override;
    void left(const QHostAddress &address) override;
    std::optional<Turnaway> judge(const RequestHead &head, bool isTls) const override;

    std::optional<Turnaway> mayLogIn(const QHostAddress &address) override;
    void loginFailed(const QHostAddress &address) override;
    std::optional<Turnaway> unknownArrived() override;
    void unknownLeft() override { m_unknowns.fetch_sub(1, std::memory_order_relaxed); }
    std::optional<Turnaway> userArrived(const QByteArray &subject) override;
    void userLeft(const QByteArray &subject) override;

private:
    DoorKeeper(const DoorConfig &config, HostRules hosts, OriginRules origins, Balancers balancers);
    bool isExempt(const QHostAddress &address) const { return !m_config.capsOnLoopback && address.isLoopback(); }

    const DoorConfig m_config;
    const HostRules m_hosts;
    const OriginRules m_origins;
    const Balancers m_balancers;

    std::atomic<int> m_unknowns{0};
    std::mutex m_mutex;
    AddressCaps m_addresses; // guarded by m_mutex, like the next
    QHash<QByteArray, int> m_users; // with a connection
};

} // namespace odin
