// Who a token says its bearer is. Values; any thread (shared as std::shared_ptr<const Identity>).
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>
#include <set>

namespace odin {

enum class Role : quint8 { Viewer, Operator };

struct Identity
{
    QByteArray subject; ///< claim sub, never empty
    QByteArray tokenId; ///< claim jti; empty = the token has none
    Role role = Role::Viewer;
    std::optional<std::set<QByteArray>> prices; ///< claim tokens: which prices may be read; nothing = all
    qint64 issuedMs = 0; ///< wall clock; 0 = the token does not say
    qint64 expiresMs = 0; ///< wall clock

    bool mayRead(const QByteArray &token) const { return !prices || prices->contains(token); }
    bool operator==(const Identity &) const = default;
};

using IdentityPtr = std::shared_ptr<const Identity>;

} // namespace odin
