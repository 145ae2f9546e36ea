#include "simulator/market/payload.h"

#include "core/model/limits.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

QByteArray fixed(double value, int decimals)
{
    const double scale = std::pow(10, decimals);
    const double whole = std::round(value * scale);
    return QByteArray::number(whole == 0 ? 0.0 : value, 'f', decimals); // never "-0.00"
}

QByteArray volumeDigits(double volume) { return fixed(volume, 2); }
QByteArray changeDigits(double percent) { return fixed(percent, 4); }

bool lessChange(const Quote &a, const Quote &b) { return a.priceChange24h < b.priceChange24h; }

} // namespace

QByteArray priceDigits(double price)
{
    if (price >= 100)
        return QByteArray::number(price, 'f', 2);
    if (price >= 1)
        return QByteArray::number(price, 'f', 4);
    const int zeros = -static_cast<int>(std::floor(std::log10(price)));
    return QByteArray::number(price, 'f', 4 + zeros);
}

QByteArray MessageIds::id(QByteArrayView kind, QByteArrayView token, quint64 count) const
{
    return m_prefix + kind.toByteArray() + '.' + token.toByteArray() + '.' + QByteArray::number(count);
}

QByteArray newRunId()
{
    return QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
}

QByteArray priceUpdateJson(const Quote &quote, PriceSource source, const QByteArray &nonce, qint64 nowMs)
{
    return R"({"type":"price:update","tokenId":")" + quote.token + R"(","price":)" + quote.price
        + R"(,"volume24h":)" + volumeDigits(quote.volume24h)
        + R"(,"priceChange24h":)" + changeDigits(quote.priceChange24h)
        + R"(,"timestamp":)" + QByteArray::number(nowMs)
        + R"(,"source":")" + (source == PriceSource::Trade ? "trade" : "scheduler")
        + R"(","nonce":")" + nonce + R"("})";
}

QByteArray volumeUpdateJson(const Quote &quote, qint64 nowMs)
{
    return R"({"type":"volume:update","tokenId":")" + quote.token
        + R"(","volume24h":)" + volumeDigits(quote.volume24h)
        + R"(,"timestamp":)" + QByteArray::number(nowMs) + '}';
}

std::vector<QByteArray> priceBatchJson(std::span<const QByteArray> updates, qint64 nowMs)
{
    const QByteArray head = R"({"type":"price:batch","updates":[)";
    const QByteArray tail = R"(],"timestamp":)" + QByteArray::number(nowMs) + '}';
    std::vector<QByteArray> batches;
    while (!updates.empty()) {
        QByteArray batch = head + updates.front();
        std::size_t count = 1;
        while (count < updates.size() && count < limits::batchUpdatesMax
               && batch.size() + 1 + updates[count].size() + tail.size() <= limits::batchBytesMax)
            batch += ',' + updates[count++];
        batches.push_back(batch + tail);
        updates = updates.subspan(count);
    }
    return batches;
}

QByteArray marketStatisticsJson(std::span<const Quote> quotes, qint64 nowMs)
{
    double volume = 0;
    double changes = 0;
    for (const auto &quote : quotes) {
        volume += quote.volume24h;
        changes += quote.priceChange24h;
    }
    const auto count = [&](auto wanted) {
        return QByteArray::number(qint64(std::count_if(quotes.begin(), quotes.end(), wanted)));
    };
    QByteArray json = R"({"type":"market:statistics","tokens":)" + QByteArray::number(qint64(quotes.size()))
        + R"(,"totalVolume24h":)" + volumeDigits(volume)
        + R"(,"gainers":)" + count([](const Quote &q) { return q.priceChange24h > 0; })
        + R"(,"losers":)" + count([](const Quote &q) { return q.priceChange24h < 0; });
    if (!quotes.empty()) {
        const auto [loser, gainer] = std::minmax_element(quotes.begin(), quotes.end(), lessChange);
        json += R"(,"averageChange24h":)" + changeDigits(changes / double(quotes.size()))
            + R"(,"topGainer":")" + gainer->token + R"(","topLoser":")" + loser->token + '"';
    }
    return json + R"(,"timestamp":)" + QByteArray::number(nowMs) + '}';
}

} // namespace odin
