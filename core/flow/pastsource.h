// shards -> feed: what the recent ring no longer has, read back from the stream.
#pragma once

#include "core/flow/framelog.h"
#include "core/model/frame.h"

#include <functional>
#include <memory>

namespace odin {

/// A stretch of the stream, complete from frames.completeAfter() to upTo.
struct PastRange
{
    QByteArray epoch;
    Seq asked = 0;          ///< the least position that was asked for: the stream has less when it is not complete
    Seq upTo = 0;
    FrameLog frames;
};
using PastRangePtr = std::shared_ptr<const PastRange>;

/// The newest updates of one token on the price channel.
struct TokenHistory
{
    Seq upTo = 0;                   ///< everything up to here was looked at
    std::vector<FramePtr> frames;   ///< oldest first, limits::historyUpdatesMax at most
};
using TokenHistoryPtr = std::shared_ptr<const TokenHistory>;

/// Every call from any thread; none blocks. An answer comes exactly once, on a thread of the source (or at once on the
/// caller's when there is no room to wait); never after the source was stopped. Null: it cannot be had.
class PastSource
{
public:
    using RangeAnswer = std::function<void(PastRangePtr)>;
    using HistoryAnswer = std::function<void(TokenHistoryPtr)>;

    virtual ~PastSource() = default;
    /// At least the frames with after < seq <= upTo, of the stream with this epoch. Requests that wait at the same time
    /// share one read.
    virtual void readRange(const QByteArray &epoch, Seq after, Seq upTo, RangeAnswer answer) = 0;
    /// May be some seconds old: what came since is for the caller to add.
    virtual void readHistory(const QByteArray &epoch, const QByteArray &token, HistoryAnswer answer) = 0;
};

} // namespace odin
