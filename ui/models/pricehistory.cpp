#include "ui/models/pricehistory.h"

#include <algorithm>

namespace odin {

std::size_t PriceHistory::shareOf(std::size_t tokens)
{
    return std::min(limits::historyPointsMax, std::size_t(limits::pricePointsMax) / std::max<std::size_t>(1, tokens));
}

void PriceHistory::append(const GatewaySnapshot &snapshot)
{
    const auto share = shareOf(snapshot.tokens.size());
    for (const auto &token : snapshot.tokens) {
        auto &kept = m_tokens[token.token];
        if (kept.seenMs == 0 || kept.seq != token.seq)
            kept.prices.append(snapshot.takenMs, token.price);
        kept.prices.keepNewest(share);
        kept.seq = token.seq;
        kept.seenMs = snapshot.takenMs;
    }
    if (std::size_t(m_tokens.size()) > snapshot.tokens.size())
        m_tokens.removeIf([&](const auto &entry) { return entry.value().seenMs != snapshot.takenMs; });
}

} // namespace odin
