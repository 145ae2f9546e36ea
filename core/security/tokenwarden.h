// TokenWarden: the authority over tokens. Keeps the keys and the list of revoked tokens, and reads both anew.
// Thread: made, opened, reloaded and destroyed on the control thread; the questions of TokenAuthority on any. Owner:
// core/gateway.
#pragma once

#include "core/flow/tokenauthority.h"
#include "core/model/result.h"
#include "core/model/securityconfig.h"
#include "core/security/claims.h"
#include "core/security/fetchplan.h"
#include "core/security/keyset.h"
#include "core/security/keysource.h"
#include "core/security/revokedlist.h"
#include "core/security/shared.h"

#include <QDateTime>
#include <QTimer>

#include <atomic>

namespace odin {

class TokenWarden final : public TokenAuthority
{
public:
    explicit TokenWarden(TokenConfig config);

    /// Reads everything for the first time. Of keys by URL the answer is waited for (limits::keySetAnswerMsMax), but
    /// none is no failure: whoever publishes them may come up after us, and until then every token is refused.
    Result<Done> open();
    /// Reads everything anew. What cannot be read stays as it is.
    void reload();

    bool isRequired() const override { return m_config.required; }
    bool isTakenFromQuery() const override { return m_config.inQuery; }
    std::variant<Identity, TokenFault> check(QByteArrayView token) const override;
    bool isRevoked(const Identity &identity) const override { return m_revoked.get()->contains(identity); }
    quint64 revision() const override { return m_revision.load(std::memory_order_acquire); }

private:
    Result<Done> loadKeys();
    Result<Done> loadRevoked();
    void look();
    void fetch();
    void take(const QByteArray &published);
    void keepOld(const QString &why);
    void waitForAnswer();
    bool isRevokedFileNew() const;

    // Constant after construction
    const TokenConfig m_config;
    const ClaimRules m_rules;

    // Any thread
    Shared<KeySet> m_keys;
    Shared<RevokedList> m_revoked;
    std::atomic<quint64> m_revision{1};
    mutable std::atomic<bool> m_missed{false}; // a token named a key that we do not know

    // Control thread
    FetchPlan m_plan;
    QString m_problem; // of the last answer; the same one is told once
    QDateTime m_revokedAt; // when the file that was read last had changed
    QTimer m_clock;
    std::unique_ptr<KeySource> m_source; // null: keys of a file
};

} // namespace odin
