// PriceHistory: the prices of every token that the console has seen, up to an hour back, bounded for all together.
// Thread: one (main). Owner: GatewayHistory.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/historyseries.h"

#include <QHash>

namespace odin {

class PriceHistory
{
public:
    /// Keeps a price when it is of a newer update than the one before; forgets tokens that the snapshot no longer has.
    void append(const GatewaySnapshot &snapshot);

    /// Empty for a token that was never heard of.
    HistorySeries of(const QByteArray &token) const { return m_tokens.value(token).prices; }

    /// Prices kept of each token when there are so many tokens.
    static std::size_t shareOf(std::size_t tokens);

private:
    struct Kept
    {
        HistorySeries prices;
        Seq seq = 0;
        qint64 seenMs = 0;
    };

    QHash<QByteArray, Kept> m_tokens;
};

} // namespace odin
