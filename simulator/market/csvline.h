// One line of a file of trades: time,token,price,volume.
// Pure functions; any thread.
#pragma once

#include "core/model/result.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace odin {

struct Trade
{
    qint64 timeMs = 0; ///< since 1970 UTC
    QByteArray token;
    double price = 0;
    double volume = 0;
};

/// The fields of one line without its end (RFC 4180: quotes, doubled quotes; a field cannot span lines), without
/// white space around them; nullopt when a quote is not closed or followed by text.
std::optional<std::vector<QByteArray>> splitCsv(QByteArrayView line);

/// The names of the columns instead of a trade.
bool isCsvHeader(QByteArrayView line);

/// Time: seconds (fractions allowed) or milliseconds since 1970, or ISO 8601 (UTC unless it says otherwise).
/// Further columns are ignored. The error names the field, and never quotes the line.
Result<Trade> parseTrade(QByteArrayView line);

} // namespace odin
