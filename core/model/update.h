// What publishers say, checked. Values; any thread.
#pragma once

#include "core/model/types.h"

#include <QByteArray>

#include <vector>

namespace odin {

/// One checked update of one token (or of the market) with the publisher's own bytes.
struct Update
{
    Channel channel = Channel::Price;
    QByteArray token;           ///< valid token id; empty for Channel::Market
    QByteArray json;            ///< the publisher's object from '{' to '}', digits and unknown fields untouched
    qint64 timestampMs = 0;     ///< publisher's clock, ms since 1970
    double price = 0;           ///< Channel::Price only, like the two below
    double volume24h = 0;
    double priceChange24h = 0;  ///< percent
};

/// Why a message of the stream is read.
enum class Origin : quint8 {
    Table,  ///< the last of its subject, read at start: what lies between it and the next is not read
    Replay, ///< the recent past, read at start without a hole
    Live,   ///< news, also when it comes late
};

/// One message of the bus stream: a batch carries several updates that share its sequence.
struct StreamMessage
{
    Seq seq = 0;
    qint64 storedMs = 0;        ///< the bus server's clock when it stored the message
    SteadyTime received;        ///< when this process got it
    Origin origin = Origin::Live;
    std::vector<Update> updates;
};

} // namespace odin
