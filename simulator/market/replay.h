// Replay: publishes the trades of a file as if they happened now: at their pace, faster, or as fast as the bus takes.
// Thread: confined to its user's. Owner: the MarketSimulator.
// Trades that are out of order are due at once. A trade more than replayGapMsMax before or after the newest one is not
// waited for either: time goes on from there. After a stall the rest is played later, not faster.
#pragma once

#include "simulator/market/day.h"
#include "simulator/market/messagesource.h"
#include "simulator/market/payload.h"
#include "simulator/market/tradefile.h"

#include <map>

namespace odin {

struct ReplayConfig
{
    enum class AtEnd { Stop, Loop };

    QString path;           ///< time,token,price,volume per line, see csvline.h
    double speed = 1;       ///< 2 = twice as fast as it happened; 0 = as fast as the bus acknowledges
    AtEnd atEnd = AtEnd::Stop;
};

class Replay final : public MessageSource
{
public:
    /// Fails when the file cannot be read or has no trade (in its first lines), or the speed is not a number from 0 on.
    static Result<std::unique_ptr<Replay>> open(const ReplayConfig &config, const QByteArray &runId, SteadyTime start);

    /// nullopt after the end, and while all tokens seen are off: the file waits.
    std::optional<SteadyTime> next() const override;
    std::vector<BusMessage> take(SteadyTime now, qint64 nowMs) override;

    /// The tokens seen so far. They have no interval of their own.
    std::vector<SimulatedToken> tokens(SteadyTime now) const override;
    std::optional<PlaybackStatus> playback() const override;

    /// The switch only: the rest is the file's.
    Result<Done> change(const QByteArray &token, const SimulatedTokenChange &change, SteadyTime now) override;
    Result<Done> start(const StartScenario &command, SteadyTime now) override;
    Result<Done> end(const EndScenario &command, SteadyTime now) override;
    Result<Done> list(const ListToken &command, SteadyTime now) override;

private:
    struct Token
    {
        Day day;
        bool on = true;
    };

    Replay(const ReplayConfig &config, std::unique_ptr<TradeFile> file, const QByteArray &runId, SteadyTime start);
    void advance();
    void place();
    void finishRound();
    std::vector<BusMessage> publish(const Trade &trade, qint64 nowMs);
    bool asFastAsPossible() const { return m_config.speed == 0; }
    bool allOff() const;

    const ReplayConfig m_config;
    const std::unique_ptr<TradeFile> m_file;
    const MessageIds m_ids;
    TradeFile::Step m_step = TradeFile::Step::Busy; // what the file gave last
    SteadyTime m_due;                       // of the trade in hand
    std::optional<qint64> m_newestMs;       // the file's time so far; empty at the beginning of each round
    std::map<QByteArray, Token> m_tokens;   // at most simulatorTokensMax
    quint64 m_count = 0;                    // trades published
    quint64 m_refusedTokens = 0;
};

} // namespace odin
