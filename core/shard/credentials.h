// Where a request shows its token. Pure; any thread. Tokens go into no log and no answer.
#pragma once

#include "core/wire/requesthead.h"

#include <optional>

namespace odin {

/// In this order: Authorization: Bearer, the subprotocol odin.bearer.<base64url of the token>, and, if it is taken from
/// there, ?access_token=. Nothing when there is none; empty when there is one that cannot be read.
std::optional<QByteArray> tokenOf(const RequestHead &head, bool isTakenFromQuery);

} // namespace odin
