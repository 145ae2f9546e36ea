// Subscription: what one session wants. Pure value; equal subscriptions share a cohort.
// Thread: any (a value). Owner: its session.
#pragma once

#include "core/wire/command.h"

#include <QByteArray>

#include <map>

namespace odin {

class Subscription
{
public:
    void add(const TokenSelection &selection, Channels channels);
    void remove(const TokenSelection &selection);

    bool wants(Channel channel, const QByteArray &token) const;
    bool wantsMarket() const { return m_market; }
    bool isEmpty() const { return !m_market && m_all == Channels() && m_tokens.empty(); }
    std::size_t namedTokens() const { return m_tokens.size(); }

    /// Channels of every token that is not named.
    Channels all() const { return m_all; }
    /// Named tokens; under `all` a token with no channel is one that was unsubscribed.
    const std::map<QByteArray, Channels> &tokens() const { return m_tokens; }

    /// For replies: what is subscribed now.
    TokenSelection selection() const;
    Channels channels() const;

    auto operator<=>(const Subscription &) const = default;

private:
    Channels m_all;
    bool m_market = false;
    std::map<QByteArray, Channels> m_tokens;
};

} // namespace odin
