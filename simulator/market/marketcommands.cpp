// What an operator does to the market while it runs.
#include "simulator/market/market.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace odin {

namespace {

using Milliseconds = std::chrono::milliseconds;

Error notSimulated(const QByteArray &token)
{
    return {isValidTokenId(token) ? QStringLiteral("%1 is not simulated.").arg(QString::fromLatin1(token))
                                  : QStringLiteral("There is no simulated token of that name.")};
}

Result<Done> checkWalk(const WalkParameters &walk)
{
    if (!(walk.volatility >= 0 && walk.volatility <= limits::simulatorVolatilityMax))
        return Error{QStringLiteral("The volatility is 0 to %1% a year.").arg(100 * limits::simulatorVolatilityMax)};
    if (!(std::abs(walk.drift) <= limits::simulatorDriftMax))
        return Error{QStringLiteral("The drift is -%1 to %1% a year.").arg(100 * limits::simulatorDriftMax)};
    return Done{};
}

Result<Done> checkInterval(const Interval &interval)
{
    if (interval.isValid())
        return Done{};
    return Error{QStringLiteral("The time between two updates is %1 to %2 ms, the shortest not above the longest.")
                     .arg(limits::simulatorIntervalMsMin.count())
                     .arg(limits::simulatorIntervalMsMax.count())};
}

Result<Done> checkListing(const ListToken &listing)
{
    if (!isValidTokenId(listing.token))
        return Error{QStringLiteral("A new token has no valid name: use 1-32 of A-Z a-z 0-9 _ -.")};
    if (!(listing.price >= limits::simulatorPriceMin && listing.price <= limits::simulatorPriceMax))
        return Error{QStringLiteral("The price of a new token is %1 to %2.")
                         .arg(limits::simulatorPriceMin)
                         .arg(limits::simulatorPriceMax)};
    return Done{};
}

} // namespace

Result<Done> Market::change(const QByteArray &token, const SimulatedTokenChange &change, SteadyTime now)
{
    auto *found = find(token);
    if (!found)
        return notSimulated(token);
    const Interval interval{change.intervalMin.value_or(found->interval.min),
                            change.intervalMax.value_or(found->interval.max)};
    auto walk = found->market.parameters();
    walk.volatility = change.volatility.value_or(walk.volatility);
    walk.drift = change.drift.value_or(walk.drift);
    for (const auto &checked : {checkInterval(interval), checkWalk(walk)}) {
        if (!checked)
            return checked;
    }
    found->interval = interval;
    found->on = change.on.value_or(found->on);
    found->market.setParameters(walk);
    reschedule(*found, now);
    return Done{};
}

Result<Done> Market::start(const StartScenario &command, SteadyTime now)
{
    auto *found = find(command.token);
    if (!found)
        return notSimulated(command.token);
    if (!found->on)
        return Error{QStringLiteral("%1 is switched off, so nobody would see it: switch it on first.")
                         .arg(QString::fromLatin1(command.token))};
    if (const auto checked = checkScenario(command.scenario); !checked)
        return checked;
    end(*found, now);
    found->scenario = {command.scenario, now};
    reschedule(*found, now);
    return Done{};
}

Result<Done> Market::end(const EndScenario &command, SteadyTime now)
{
    auto *found = find(command.token);
    if (!found)
        return notSimulated(command.token);
    end(*found, now);
    return Done{};
}

Result<Done> Market::list(const ListToken &command, SteadyTime now)
{
    if (const auto checked = checkListing(command); !checked)
        return checked;
    if (find(command.token))
        return Error{QStringLiteral("%1 is simulated already.").arg(QString::fromLatin1(command.token))};
    if (m_tokens.size() >= limits::simulatorTokensMax)
        return Error{QStringLiteral("No room for another token: %1 are simulated.").arg(m_tokens.size())};
    auto profile = profileOf(command.token);
    profile.price = command.price;
    addToken(TokenMarket(profile, m_seed, TokenMarket::Past::None), now);
    reschedule(m_tokens.back(), now);
    return Done{};
}

ScenarioEffect Market::Token::effect(SteadyTime now) const
{
    return scenario ? effectOf(scenario->scenario, std::chrono::duration_cast<Milliseconds>(now - scenario->at))
                    : ScenarioEffect();
}

void Market::reschedule(const Token &token, SteadyTime now)
{
    const auto effect = token.effect(now);
    const auto interval = token.interval.faster(effect.rateFactor);
    if (interval != m_schedule.interval(token.priceEntry))
        m_schedule.setInterval(token.priceEntry, interval, now);
    const bool speaks = token.on && !effect.silent;
    m_schedule.setOn(token.priceEntry, speaks, now);
    m_schedule.setOn(token.volumeEntry, speaks, now);
    const bool any = std::ranges::any_of(m_tokens, [this](const Token &t) { return m_schedule.isOn(t.priceEntry); });
    m_schedule.setOn(m_batchEntry, any, now);
    m_schedule.setOn(m_statisticsEntry, any, now);
}

void Market::end(Token &token, SteadyTime now)
{
    if (!token.scenario)
        return;
    token.market.scalePrice(token.effect(now).priceFactor); // before it is forgotten: the price stays where it is
    token.scenario.reset();
    reschedule(token, now);
}

void Market::endThoseOver(SteadyTime now)
{
    for (auto &token : m_tokens) {
        if (token.scenario && token.scenario->ends() <= now)
            end(token, now);
    }
}

} // namespace odin
