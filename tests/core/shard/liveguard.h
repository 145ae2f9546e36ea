// LiveAuthority and LivePolicy: who may come in, as a test says it while shards run. Thread: any. Owner: the test, and they outlive the shards.
#pragma once

#include "core/flow/guard.h"

#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace odin {

/// Knows tokens by their text.
class LiveAuthority final : public TokenAuthority
{
public:
    bool isRequired() const override { return required; }
    bool isTakenFromQuery() const override { return false; }
    std::variant<Identity, TokenFault> check(QByteArrayView token) const override
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(token.toByteArray());
        if (known == m_known.end())
            return TokenFault::Signature;
        return known->second;
    }
    bool isRevoked(const Identity &identity) const override
    {
        const std::lock_guard lock(m_mutex);
        return m_revoked.contains(identity.tokenId);
    }
    quint64 revision() const override { return m_revision.load(); }

    void know(const QByteArray &token, const std::variant<Identity, TokenFault> &worth)
    {
        const std::lock_guard lock(m_mutex);
        m_known[token] = worth;
    }
    void revoke(const QByteArray &tokenId)
    {
        const std::lock_guard lock(m_mutex);
        m_revoked.insert(tokenId);
        ++m_revision;
    }

    std::atomic<bool> required{true};

private:
    mutable std::mutex m_mutex;
    std::map<QByteArray, std::variant<Identity, TokenFault>> m_known;
    std::set<QByteArray> m_revoked;
    std::atomic<quint64> m_revision{1};
};

/// Lets everybody in but who is over a cap of users or logins.
class LivePolicy final : public DoorPolicy
{
public:
    bool isDryRun() const override { return dryRun; }
    bool isBalancer(const QHostAddress &) const override { return false; }
    std::optional<Turnaway> arrived(const QHostAddress &) override { return {}; }
    void left(const QHostAddress &) override {}
    std::optional<Turnaway> judge(const RequestHead &, bool) const override { return {}; }
    std::optional<Turnaway> mayLogIn(const QHostAddress &) override
    {
        return failures < failuresMax ? std::nullopt : std::optional(Turnaway::FailedLogins);
    }
    void loginFailed(const QHostAddress &) override { ++failures; }
    std::optional<Turnaway> unknownArrived() override
    {
        ++unknowns;
        return {};
    }
    void unknownLeft() override { --unknowns; }
    std::optional<Turnaway> userArrived(const QByteArray &subject) override
    {
        const std::lock_guard lock(m_mutex);
        return ++m_users[subject] > usersMax ? std::optional(Turnaway::UserConnections) : std::nullopt;
    }
    void userLeft(const QByteArray &subject) override
    {
        const std::lock_guard lock(m_mutex);
        --m_users[subject];
    }
    int of(const QByteArray &subject)
    {
        const std::lock_guard lock(m_mutex);
        return m_users[subject];
    }

    std::atomic<bool> dryRun{false};
    std::atomic<int> failures{0}, failuresMax{3}, unknowns{0}, usersMax{2};

private:
    std::mutex m_mutex;
    std::map<QByteArray, int> m_users;
};

} // namespace odin
