// Who says what a token is worth: asked by doors and sessions. Thread: any.
#pragma once

#include "core/model/identity.h"

#include <QByteArrayView>

#include <array>
#include <variant>

namespace odin {

/// Why a token is not accepted. The bearer is told no more than whether it has expired.
enum class TokenFault : quint8 {
    Malformed,
    TooLarge,
    Algorithm, ///< none, unknown, or not that of the key
    UnknownKey,
    Signature,
    Critical, ///< an extension that must be understood and is not
    Expired,
    NotYetValid,
    Issuer,
    Audience,
    Claims, ///< one that is needed is missing, or has the wrong type
    Revoked,
};

/// In metrics.
inline constexpr std::array tokenFaultNames{"malformed", "too_large", "algorithm", "unknown_key", "signature", "critical",
                                            "expired", "not_yet_valid", "issuer", "audience", "claims", "revoked"};
inline constexpr std::size_t tokenFaultCount = tokenFaultNames.size();

class TokenAuthority
{
public:
    virtual ~TokenAuthority() = default;
    /// Nobody gets prices without a token.
    virtual bool isRequired() const = 0;
    /// Also in the query string.
    virtual bool isTakenFromQuery() const = 0;
    virtual std::variant<Identity, TokenFault> check(QByteArrayView token) const = 0;
    /// For who is in already.
    virtual bool isRevoked(const Identity &identity) const = 0;
    /// Another number whenever what isRevoked() says may be another.
    virtual quint64 revision() const = 0;
};

} // namespace odin
