// The signature algorithms of RFC 7518 that are known here. `none` is not one of them. Values; any thread.
#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <array>

namespace odin {

enum class KeyType : quint8 { Secret, Rsa, Ec };

struct JwsAlgorithm
{
    const char *name;
    KeyType type;
    const char *curve; ///< of Ec
    int signatureBytes; ///< of Rsa: as many as the modulus
};

inline constexpr std::array jwsAlgorithms{
    JwsAlgorithm{"HS256", KeyType::Secret, "", 32},  JwsAlgorithm{"HS384", KeyType::Secret, "", 48},
    JwsAlgorithm{"HS512", KeyType::Secret, "", 64},  JwsAlgorithm{"RS256", KeyType::Rsa, "", 0},
    JwsAlgorithm{"RS384", KeyType::Rsa, "", 0},      JwsAlgorithm{"RS512", KeyType::Rsa, "", 0},
    JwsAlgorithm{"PS256", KeyType::Rsa, "", 0},      JwsAlgorithm{"PS384", KeyType::Rsa, "", 0},
    JwsAlgorithm{"PS512", KeyType::Rsa, "", 0},      JwsAlgorithm{"ES256", KeyType::Ec, "P-256", 64},
    JwsAlgorithm{"ES384", KeyType::Ec, "P-384", 96}, JwsAlgorithm{"ES512", KeyType::Ec, "P-521", 132},
};

/// Null: not known.
inline const JwsAlgorithm *jwsAlgorithm(QByteArrayView name)
{
    const auto found = std::ranges::find_if(jwsAlgorithms, [name](const auto &one) { return name == one.name; });
    return found == jwsAlgorithms.end() ? nullptr : &*found;
}

} // namespace odin
