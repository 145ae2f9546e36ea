#include "simulator/market/replay.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

using namespace std::chrono_literals;

constexpr auto lateness = 1s;       // beyond this the rest of the file is shifted instead of hurried
constexpr auto betweenRounds = 1s;  // keeps a file whose trades have all the same time from looping without a pause
constexpr int openingSteps = 10;    // of replayLinesPerStep lines each, in which the first trade must be

const Error theFileSays{QStringLiteral("A file is played, and it says which tokens trade, when and at what price. "
                                       "Go back to the simulation first.")};

} // namespace

Result<std::unique_ptr<Replay>> Replay::open(const ReplayConfig &config, const QByteArray &runId, SteadyTime start)
{
    if (!(config.speed >= 0 && std::isfinite(config.speed)))
        return Error{QStringLiteral("The replay speed must be a number of 0 or more: 1 is the original pace.")};
    auto file = TradeFile::open(config.path);
    if (!file)
        return file.error();
    std::unique_ptr<Replay> replay(new Replay(config, std::move(file.value()), runId, start));
    for (int i = 0; i < openingSteps && replay->m_step == TradeFile::Step::Busy; ++i)
        replay->m_step = replay->m_file->read();
    if (replay->m_step != TradeFile::Step::Trade)
        return Error{QStringLiteral("The trades of %1 cannot be replayed: it has no line of the form "
                                    "time,token,price,volume.").arg(config.path)};
    replay->place();
    return replay;
}

Replay::Replay(const ReplayConfig &config, std::unique_ptr<TradeFile> file, const QByteArray &runId, SteadyTime start)
    : m_config(config)
    , m_file(std::move(file))
    , m_ids(runId, "replay")
    , m_due(start)
{
}

std::optional<SteadyTime> Replay::next() const
{
    if (m_step == TradeFile::Step::End || allOff())
        return std::nullopt;
    return m_due;
}

std::vector<BusMessage> Replay::take(SteadyTime now, qint64 nowMs)
{
    const auto due = next();
    if (!due || *due > now)
        return {};
    if (now - m_due > lateness || asFastAsPossible())
        m_due = now;
    std::vector<BusMessage> messages;
    if (m_step == TradeFile::Step::Trade)
        messages = publish(m_file->trade(), nowMs);
    advance();
    return messages;
}

std::vector<SimulatedToken> Replay::tokens(SteadyTime) const
{
    std::vector<SimulatedToken> list;
    for (const auto &[name, token] : m_tokens)
        list.push_back({name, token.on, 0ms, 0ms});
    return list;
}

std::optional<PlaybackStatus> Replay::playback() const
{
    return PlaybackStatus{.path = m_config.path,
                          .speed = m_config.speed,
                          .trades = m_count,
                          .unusableLines = m_file->malformed(),
                          .ended = m_step == TradeFile::Step::End};
}

Result<Done> Replay::change(const QByteArray &token, const SimulatedTokenChange &change, SteadyTime)
{
    if (change != SimulatedTokenChange{.on = change.on})
        return theFileSays;
    const auto found = m_tokens.find(token);
    if (found == m_tokens.end())
        return Error{QStringLiteral("The file has had no trade of that token yet.")};
    found->second.on = change.on.value_or(found->second.on);
    return Done{};
}

Result<Done> Replay::start(const StartScenario &, SteadyTime) { return theFileSays; }

Result<Done> Replay::end(const EndScenario &, SteadyTime) { return theFileSays; }

Result<Done> Replay::list(const ListToken &, SteadyTime) { return theFileSays; }

bool Replay::allOff() const
{
    return !m_tokens.empty()
        && std::none_of(m_tokens.begin(), m_tokens.end(), [](const auto &token) { return token.second.on; });
}

void Replay::advance()
{
    m_step = m_file->read();
    if (m_step == TradeFile::Step::Trade)
        place();
    else if (m_step == TradeFile::Step::End)
        finishRound();
}

// When the trade in hand is due, and where the file's time stands with it.
void Replay::place()
{
    const qint64 time = m_file->trade().timeMs;
    const auto gap = std::chrono::milliseconds(time - m_newestMs.value_or(time));
    const bool jump = std::chrono::abs(gap) > limits::replayGapMsMax;
    if (!jump && gap > 0ms && !asFastAsPossible()) {
        using Steady = SteadyTime::duration;
        const double scaled = std::min(double(Steady(gap).count()) / m_config.speed, double(Steady(24h * 365).count()));
        m_due += Steady(static_cast<Steady::rep>(scaled)); // the year keeps a tiny speed from overflowing the clock
    }
    m_newestMs = jump ? time : std::max(time, m_newestMs.value_or(time));
}

void Replay::finishRound()
{
    if (m_config.atEnd == ReplayConfig::AtEnd::Stop) {
        qCInfo(lcSim).noquote() << m_file->path() << "has ended after" << m_count << "trades;" << m_file->malformed()
                                << "lines could not be used," << m_refusedTokens << "trades were of too many tokens";
        return;
    }
    m_file->rewind();
    m_step = TradeFile::Step::Busy;
    m_newestMs.reset();
    for (auto &[_, token] : m_tokens)
        token.day = {};
    m_due += betweenRounds;
}

std::vector<BusMessage> Replay::publish(const Trade &trade, qint64 nowMs)
{
    if (m_tokens.size() >= limits::simulatorTokensMax && !m_tokens.contains(trade.token)) {
        ++m_refusedTokens;
        return {};
    }
    auto &token = m_tokens[trade.token];
    token.day.trade(std::chrono::milliseconds(trade.timeMs), trade.price, trade.volume);
    if (!token.on)
        return {};
    const Quote quote{trade.token, QByteArray::number(trade.price, 'f', QLocale::FloatingPointShortest),
                      token.day.volume24h(), token.day.priceChange24h()};
    const auto nonce = m_ids.id("trade", trade.token, ++m_count);
    return {{priceSubject(trade.token), priceUpdateJson(quote, PriceSource::Trade, nonce, nowMs), nonce}};
}

} // namespace odin
