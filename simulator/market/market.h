// Market: all simulated tokens: a trade per token at its own pace, its volume every 10 s, the scheduler's batch of all
// tokens every 30 s, market statistics every 5 s. Tokens that are off or halted are in none of them.
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
    Market(const std::vector<QByteArray> &tokens, quint64 seed, IntervalOf intervalOf, const QByteArray &runId,
           SteadyTime start);

    std::optional<SteadyTime> next() const override;
    std::vector<BusMessage> take(SteadyTime now, qint64 nowMs) override;
    std::vector<SimulatedToken> tokens(SteadyTime now) const override;

    Result<Done> change(const QByteArray &token, const SimulatedTokenChange &change, SteadyTime now) override;
    Result<Done> start(const StartScenario &command, SteadyTime now) override;
    Result<Done> end(const EndScenario &command, SteadyTime now) override;
    /// The token states its price at once.
    Result<Done> list(const ListToken &command, SteadyTime now) override;

private:
    struct Begun
    {
        Scenario scenario;
        SteadyTime at;

        SteadyTime ends() const { return at + scenario.duration; }
    };
    struct Token
    {
        TokenMarket market;
        Interval interval;             ///< without what a scenario does to it
        bool on = true;                ///< likewise
        std::optional<Begun> scenario = {};
        int priceEntry = 0;
        int volumeEntry = 0;

        ScenarioEffect effect(SteadyTime now) const;
    };
    struct Turn
    {
        SteadyTime now;
        qint64 nowMs = 0;
        std::chrono::milliseconds interval{0};
    };
    using Maker = std::function<std::vector<BusMessage>(const Turn &turn)>;

    int recur(Interval interval, const QByteArray &name, SteadyTime first, Maker maker);
    void addToken(TokenMarket market, SteadyTime start);
    Token *find(const QByteArray &token);
    std::vector<Quote> quotesOn() const;
    /// After each change of the token's switch, interval or scenario.
    void reschedule(const Token &token, SteadyTime now);
    void end(Token &token, SteadyTime now);
    void endThoseOver(SteadyTime now);

    std::vector<BusMessage> trade(std::size_t token, const Turn &turn);
    std::vector<BusMessage> volume(std::size_t token, qint64 nowMs);
    std::vector<BusMessage> batch(qint64 nowMs);
    std::vector<BusMessage> statistics(qint64 nowMs);

    const quint64 m_seed;
    const IntervalOf m_intervalOf;
    const MessageIds m_ids;
    Schedule m_schedule;
    std::vector<Maker> m_makers; // one per entry of the schedule
    std::vector<Token> m_tokens;
    int m_batchEntry = 0;
    int m_statisticsEntry = 0;
    quint64 m_count = 0;         // of all messages but trades, which count per token
};

} // namespace odin
