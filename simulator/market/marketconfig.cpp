#include "simulator/market/marketconfig.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "simulator/market/market.h"

#include <algorithm>

namespace odin {

namespace {

using Source = std::unique_ptr<MessageSource>;

Error error(const QString &text) { return {text}; }

Result<std::vector<QByteArray>> checkedTokens(std::vector<QByteArray> tokens)
{
    if (tokens.empty())
        return defaultTokens();
    std::vector<QByteArray> unique;
    for (const auto &token : tokens) {
        if (!isValidTokenId(token))
            return error(QStringLiteral("A token to simulate has no valid name: use 1-32 of A-Z a-z 0-9 _ -."));
        if (std::find(unique.begin(), unique.end(), token) == unique.end())
            unique.push_back(token);
    }
    if (unique.size() > limits::simulatorTokensMax)
        return error(QStringLiteral("Too many tokens to simulate: at most %1.").arg(limits::simulatorTokensMax));
    return unique;
}

Interval intervalOf(const MarketConfig &config, const QByteArray &token)
{
    const auto own = config.intervals.find(token);
    return own == config.intervals.end() ? config.interval : own->second;
}

bool intervalsValid(const MarketConfig &config)
{
    return config.interval.isValid()
        && std::all_of(config.intervals.begin(), config.intervals.end(),
                       [](const auto &own) { return own.second.isValid(); });
}

Result<Source> makeMarket(const MarketConfig &config, const QByteArray &runId, SteadyTime start)
{
    if (!intervalsValid(config))
        return error(QStringLiteral("A simulated token's interval is out of bounds: %1 to %2 ms, the lower first.")
                         .arg(limits::simulatorIntervalMsMin.count()).arg(limits::simulatorIntervalMsMax.count()));
    const auto tokens = checkedTokens(config.tokens);
    if (!tokens)
        return tokens.error();
    const auto interval = [config](const QByteArray &token) { return intervalOf(config, token); };
    return Source(std::make_unique<Market>(tokens.value(), config.seed, interval, runId, start));
}

Result<Source> makeReplay(const ReplayConfig &config, const QByteArray &runId, SteadyTime start)
{
    auto replay = Replay::open(config, runId, start);
    return replay ? Result<Source>(std::move(replay.value())) : Result<Source>(replay.error());
}

} // namespace

Result<Source> makeMessageSource(const MarketConfig &config, const QByteArray &runId, SteadyTime start)
{
    return config.replay ? makeReplay(*config.replay, runId, start) : makeMarket(config, runId, start);
}

} // namespace odin
