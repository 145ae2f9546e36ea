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

Market::Market(const std::vector<QByteArray> &tokens, quint64 seed, IntervalOf intervalOf, const QByteArray &runId,
               SteadyTime start)
    : m_seed(seed), m_intervalOf(std::move(intervalOf)), m_ids(runId, QByteArray::number(seed))
{
    for (const auto &token : tokens)
        addToken(TokenMarket(profileOf(token), m_seed), start);
    m_batchEntry =
        recur(batchInterval, "batch", start + firstBatchAfter, [this](const Turn &turn) { return batch(turn.nowMs); });
    m_statisticsEntry = recur(statisticsInterval, "statistics", start + statisticsInterval.min,
                              [this](const Turn &turn) { return statistics(turn.nowMs); });
}

int Market::recur(Interval interval, const QByteArray &name, SteadyTime first, Maker maker)
{
    m_makers.push_back(std::move(maker));
    return m_schedule.add(interval, Random(m_seed, name + "/interval"), first);
}

void Market::addToken(TokenMarket market, SteadyTime start)
{
    const std::size_t index = m_tokens.size();
    const auto token = market.quote().token;
    const auto interval = m_intervalOf(token);
    const int price =
        recur(interval, token + "/price", start, [this, index](const Turn &turn) { return trade(index, turn); });
    const int volumes = recur(volumeInterval, token + "/volume", start + volumeInterval.min,
                              [this, index](const Turn &turn) { return volume(index, turn.nowMs); });
    m_tokens.push_back(
        {.market = std::move(market), .interval = interval, .priceEntry = price, .volumeEntry = volumes});
}

std::optional<SteadyTime> Market::next() const
{
    auto next = m_schedule.next();
    for (const auto &token : m_tokens) {
        if (token.scenario && (!next || token.scenario->ends() < *next))
            next = token.scenario->ends();
    }
    return next;
}

std::vector<BusMessage> Market::take(SteadyTime now, qint64 nowMs)
{
    endThoseOver(now);
    const auto due = m_schedule.take(now);
    return due ? m_makers[std::size_t(due->entry)]({now, nowMs, due->interval}) : std::vector<BusMessage>();
}

std::vector<SimulatedToken> Market::tokens(SteadyTime now) const
{
    std::vector<SimulatedToken> list;
    for (const auto &token : m_tokens) {
        const auto &walk = token.market.parameters();
        list.push_back({.token = token.market.quote().token,
                        .on = token.on,
                        .intervalMin = token.interval.min,
                        .intervalMax = token.interval.max,
                        .volatility = walk.volatility,
                        .drift = walk.drift});
        if (const auto &begun = token.scenario)
            list.back().scenario = {begun->scenario.kind,
                                    std::chrono::ceil<std::chrono::milliseconds>(std::max(begun->ends() - now, {}))};
    }
    return list;
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

std::vector<BusMessage> Market::trade(std::size_t token, const Turn &turn)
{
    auto &market = m_tokens[token].market;
    const auto &quote = market.tick(turn.interval, m_tokens[token].effect(turn.now));
    const auto nonce = m_ids.id("trade", quote.token, market.ticks());
    return {{priceSubject(quote.token), priceUpdateJson(quote, PriceSource::Trade, nonce, turn.nowMs), nonce}};
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
