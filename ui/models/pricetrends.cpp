#include "ui/models/pricetrends.h"

#include "core/model/limits.h"

namespace odin {

void PriceTrends::append(const GatewaySnapshot &snapshot)
{
    if (snapshot.takenMs == m_newestMs)
        return;
    if (snapshot.takenMs < m_newestMs)
        m_prices.clear();
    m_newestMs = snapshot.takenMs;

    QHash<QByteArray, QList<double>> kept;
    for (const auto &token : snapshot.tokens) {
        auto prices = m_prices.take(token.token);
        prices.append(token.price);
        if (std::size_t(prices.size()) > limits::trendPointsMax)
            prices.removeFirst();
        kept.insert(token.token, std::move(prices));
    }
    m_prices = std::move(kept);
}

} // namespace odin
