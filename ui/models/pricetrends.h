// PriceTrends: the last minute of every token's price, bounded, for the line in its row.
// Thread: one (main). Owner: GatewayHistory.
#pragma once

#include "core/model/snapshot.h"

#include <QHash>
#include <QList>

namespace odin {

class PriceTrends
{
public:
    /// Takes each snapshot once; forgets tokens that it no longer has, and everything when the clock was set back.
    void append(const GatewaySnapshot &snapshot);

    /// Oldest first, at most trendPointsMax; empty for a token that was never heard of.
    QList<double> prices(const QByteArray &token) const { return m_prices.value(token); }

private:
    QHash<QByteArray, QList<double>> m_prices; // by time
    qint64 m_newestMs = 0;
};

} // namespace odin
