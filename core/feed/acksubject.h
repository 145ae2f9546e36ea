// What JetStream writes into the reply subject of each delivery, read without allocating.
// Pure function; any thread.
#pragma once

#include "core/model/types.h"

#include <optional>
#include <string_view>

namespace odin {

struct Delivery
{
    Seq streamSeq = 0;
    Seq consumerSeq = 0; ///< 1, 2, 3 ... of one consumer: a hole is a lost delivery
    qint64 storedNs = 0; ///< the server's clock, ns since 1970
    quint64 pending = 0; ///< messages that wait behind this one
};

/// "$JS.ACK.<stream>.<consumer>.<tries>.<streamSeq>.<consumerSeq>.<storedNs>.<pending>", or its longer form with domain
/// and account in front and a random token behind. Nothing when it is neither.
std::optional<Delivery> parseAckSubject(std::string_view subject);

} // namespace odin
