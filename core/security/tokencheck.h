// The whole check of a token but for its revocation. Pure; any thread.
#pragma once

#include "core/security/claims.h"
#include "core/security/keyset.h"

namespace odin {

/// `nowMs`: wall clock. What a token says is read only when one of the keys has signed it.
std::variant<Identity, TokenFault> checkedToken(QByteArrayView token, const KeySet &keys, const ClaimRules &rules,
                                                qint64 nowMs);

} // namespace odin
