// The stream on the bus: looked up, or created as the contract says.
// Thread: the feed's control thread (blocks for a few questions to the bus). Values, no state.
#pragma once

#include "core/feed/failure.h"
#include "core/feed/feed.h"
#include "core/model/types.h"

#include <optional>
#include <variant>

namespace odin {

struct StreamFacts
{
    QByteArray epoch; ///< of the creation time: equal for everyone who looks
    Seq firstSeq = 0;
    Seq lastSeq = 0;
    qint64 firstNs = 0; ///< when the first message was stored, server's clock; 0 = empty
    qint64 lastNs = 0; ///< when the last message was stored, server's clock; 0 = empty
    bool replaces = false; ///< it keeps so many messages of each subject: a newer one may push out one that nobody has read
    QStringList warnings; ///< where an existing stream differs from what we would have created
};

/// The bus has no JetStream at all, or not for this account.
struct NoJetStream
{
};

std::variant<StreamFacts, NoJetStream, Failure> openStream(jsCtx *jetStream, const FeedConfig &config);
/// The stream as it is; nothing when it is not there, or its bus does not answer.
std::optional<StreamFacts> findStream(jsCtx *jetStream, const QByteArray &name);

} // namespace odin
