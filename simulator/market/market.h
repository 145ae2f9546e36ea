// Market: all simulated tokens: a trade per token at its own pace, its volume every 10 s, the scheduler's batch of all
// tokens every 30 s, market statistics every 5 s. Tokens that are off are in none of them.
// Thread: confined to its user's. Owner: the MarketSimulator.
#pragma once

#include "simulator/market/messagesource.h"
#include "simulator/market/schedule.h"
#include "simulator/market/tokenmarket.h"

#include <functional>

namespace odin {

class Market final : public MessageSource
{
public:
    using IntervalOf = std::function<Interval(const QByteArray &token)>;

    /// Every token states its price at `start`; from then on it ticks at its interval.
    Market(const std::vector<QByteArray> &tokens, quint64 seed, const IntervalOf &intervalOf, const QByteArray &runId,
           SteadyTime start);

    std::optional<SteadyTime> next() const override { return m_schedule.next(); }
    std::vector<BusMessage> take(SteadyTime now, qint64 nowMs) override;
    std::vector<SimulatedToken> tokens() const override;
    bool setTokenOn(const QByteArray &token, bool on, SteadyTime now) override;
    bool setInterval(const QByteArray &token, std::chrono::milliseconds min, std::chrono::milliseconds max,
                     SteadyTime now) override;

private:
    struct Token
    {
        TokenMarket market;
        int priceEntry = 0;
        int volumeEntry = 0;
    };
    using Maker = std::function<std::vector<BusMessage>(std::chrono::milliseconds interval, qint64 nowMs)>;

    int recur(Interval interval, const QByteArray &name, SteadyTime first, Maker maker);
    void addToken(const QByteArray &token, Interval interval, SteadyTime start);
    Token *find(const QByteArray &token);
    std::vector<Quote> quotesOn() const;

    std::vector<BusMessage> trade(std::size_t token, std::chrono::milliseconds interval, qint64 nowMs);
    std::vector<BusMessage> volume(std::size_t token, qint64 nowMs);
    std::vector<BusMessage> batch(qint64 nowMs);
    std::vector<BusMessage> statistics(qint64 nowMs);

    const quint64 m_seed;
    const MessageIds m_ids;
    Schedule m_schedule;
    std::vector<Maker> m_makers; // one per entry of the schedule
    std::vector<Token> m_tokens;
    int m_batchEntry = 0;
    int m_statisticsEntry = 0;
    quint64 m_count = 0;         // of all messages but trades, which count per token
};

} // namespace odin
