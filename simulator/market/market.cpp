#include "simulator/market/market.h"

#include "core/wire/buspayload.h"

#include <algorithm>

namespace odin {

namespace {

using namespace std::chrono_literals;

constexpr Interval volumeInterval{9s, 11s};
constexpr Interval batchInterval{30s, 30s};
constexpr Interval statisticsInterval{5s, 5s};
constexpr auto firstBatchAfter = 5s;

} // namespace

Market::Market(const std::vector<QByteArray> &tokens, quint64 seed, const IntervalOf &intervalOf,
               const QByteArray &runId, SteadyTime start)
    : m_seed(seed)
    , m_ids(runId, QByteArray::number(seed))
{
    for (const auto &token : tokens)
        addToken(token, intervalOf(token), start);
    m_batchEntry = recur(batchInterval, "batch", start + firstBatchAfter,
                         [this](auto, qint64 nowMs) { return batch(nowMs); });
    m_statisticsEntry = recur(statisticsInterval, "statistics", start + statisticsInterval.min,
                              [this](auto, qint64 nowMs) { return statistics(nowMs); });
}

int Market::recur(Interval interval, const QByteArray &name, SteadyTime first, Maker maker)
{
    m_makers.push_back(std::move(maker));
    return m_schedule.add(interval, Random(m_seed, name + "/interval"), first);
}

void Market::addToken(const QByteArray &token, Interval interval, SteadyTime start)
{
    const std::size_t index = m_tokens.size();
    m_tokens.push_back({TokenMarket(profileOf(token), m_seed)});
    m_tokens.back().priceEntry = recur(interval, token + "/price", start, [this, index](auto dt, qint64 nowMs) {
        return trade(index, dt, nowMs);
    });
    m_tokens.back().volumeEntry = recur(volumeInterval, token + "/volume", start + volumeInterval.min,
                                        [this, index](auto, qint64 nowMs) { return volume(index, nowMs); });
}

std::vector<BusMessage> Market::take(SteadyTime now, qint64 nowMs)
{
    const auto due = m_schedule.take(now);
    return due ? m_makers[std::size_t(due->entry)](due->interval, nowMs) : std::vector<BusMessage>();
}

std::vector<SimulatedToken> Market::tokens() const
{
    std::vector<SimulatedToken> list;
    for (const auto &[market, entry, _] : m_tokens) {
        const auto &interval = m_schedule.interval(entry);
        list.push_back({market.quote().token, m_schedule.isOn(entry), interval.min, interval.max,
                        market.parameters().volatility, market.parameters().drift});
    }
    return list;
}

bool Market::setTokenOn(const QByteArray &token, bool on, SteadyTime now)
{
    const auto *found = find(token);
    if (!found)
        return false;
    m_schedule.setOn(found->priceEntry, on, now);
    m_schedule.setOn(found->volumeEntry, on, now);
    const bool any = std::any_of(m_tokens.begin(), m_tokens.end(),
                                 [this](const Token &t) { return m_schedule.isOn(t.priceEntry); });
    m_schedule.setOn(m_batchEntry, any, now);
    m_schedule.setOn(m_statisticsEntry, any, now);
    return true;
}

bool Market::setInterval(const QByteArray &token, std::chrono::milliseconds min, std::chrono::milliseconds max,
                         SteadyTime now)
{
    const auto *found = find(token);
    if (found)
        m_schedule.setInterval(found->priceEntry, {min, max}, now);
    return found;
}

Market::Token *Market::find(const QByteArray &token)
{
    const auto found = std::find_if(m_tokens.begin(), m_tokens.end(),
                                    [&](const Token &t) { return t.market.quote().token == token; });
    return found == m_tokens.end() ? nullptr : &*found;
}

std::vector<Quote> Market::quotesOn() const
{
    std::vector<Quote> quotes;
    for (const auto &token : m_tokens) {
        if (m_schedule.isOn(token.priceEntry))
            quotes.push_back(token.market.quote());
    }
    return quotes;
}

std::vector<BusMessage> Market::trade(std::size_t token, std::chrono::milliseconds interval, qint64 nowMs)
{
    auto &market = m_tokens[token].market;
    const auto &quote = market.tick(interval);
    const auto nonce = m_ids.id("trade", quote.token, market.ticks());
    return {{priceSubject(quote.token), priceUpdateJson(quote, PriceSource::Trade, nonce, nowMs), nonce}};
}

std::vector<BusMessage> Market::volume(std::size_t token, qint64 nowMs)
{
    const auto &quote = m_tokens[token].market.quote();
    return {{volumeSubject(quote.token), volumeUpdateJson(quote, nowMs), m_ids.id("volume", quote.token, ++m_count)}};
}

std::vector<BusMessage> Market::batch(qint64 nowMs)
{
    ++m_count;
    std::vector<QByteArray> updates;
    for (const auto &quote : quotesOn()) {
        const auto nonce = m_ids.id("scheduled", quote.token, m_count);
        updates.push_back(priceUpdateJson(quote, PriceSource::Scheduler, nonce, nowMs));
    }
    std::vector<BusMessage> messages;
    for (auto &payload : priceBatchJson(updates, nowMs))
        messages.push_back({batchSubject, std::move(payload), m_ids.id("batch", {}, ++m_count)});
    return messages;
}

std::vector<BusMessage> Market::statistics(qint64 nowMs)
{
    return {{marketSubject, marketStatisticsJson(quotesOn(), nowMs), m_ids.id("market", {}, ++m_count)}};
}

} // namespace odin
