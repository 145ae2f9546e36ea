// Messages as a publisher writes them: the JSON of the bus contract and the ids by which the bus knows duplicates.
// Pure functions; any thread.
#pragma once

#include "core/model/types.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace odin {

/// What a token's price messages say.
struct Quote
{
    QByteArray token;           ///< a valid token id
    QByteArray price;           ///< the digits that are published
    double volume24h = 0;
    double priceChange24h = 0;  ///< percent
};

/// Digits that suit the size of a simulated price: 64218.42, 27.8143, 0.0025134 (five that count below 1).
QByteArray priceDigits(double price);

/// Makes nonces and message ids: <run>.<seed>.<kind>.<token>.<count>. Everything after the run is determined by the
/// seed; the run is new at each start, because a bus drops an id that it has seen in its last two minutes.
class MessageIds
{
public:
    MessageIds(const QByteArray &run, const QByteArray &seed) : m_prefix(run + '.' + seed + '.') {}
    QByteArray id(QByteArrayView kind, QByteArrayView token, quint64 count) const;

private:
    const QByteArray m_prefix;
};

/// A run that no other run has: 64 random bits.
QByteArray newRunId();

enum class PriceSource { Trade, Scheduler };

QByteArray priceUpdateJson(const Quote &quote, PriceSource source, const QByteArray &nonce, qint64 nowMs);
QByteArray volumeUpdateJson(const Quote &quote, qint64 nowMs);
/// As many price:batch messages as the entries need (batchUpdatesMax, batchBytesMax). `updates`: price:update objects.
std::vector<QByteArray> priceBatchJson(std::span<const QByteArray> updates, qint64 nowMs);
/// Sums, gainers and losers over the quotes given.
QByteArray marketStatisticsJson(std::span<const Quote> quotes, qint64 nowMs);

} // namespace odin
