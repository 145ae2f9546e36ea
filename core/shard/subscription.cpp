#include "core/shard/subscription.h"

namespace odin {

namespace {

Channels united(Channels a, Channels b)
{
    for (const auto channel : {Channel::Price, Channel::Volume}) {
        if (b.has(channel))
            a.add(channel);
    }
    return a;
}

} // namespace

void Subscription::add(const TokenSelection &selection, Channels channels)
{
    m_market = m_market || channels.has(Channel::Market);
    if (selection.all) {
        m_all = united(m_all, channels);
        for (auto &[token, wanted] : m_tokens)
            wanted = united(wanted, m_all);
    }
    for (const auto &token : selection.tokens) {
        const auto [entry, isNew] = m_tokens.try_emplace(token, m_all);
        entry->second = united(entry->second, channels);
    }
    // A token that wants what all others get needs no name: equal wishes must compare equal.
    std::erase_if(m_tokens, [this](const auto &named) { return named.second == m_all; });
}

void Subscription::remove(const TokenSelection &selection)
{
    if (selection.all) {
        *this = {};
        return;
    }
    for (const auto &token : selection.tokens) {
        if (m_all == Channels())
            m_tokens.erase(token);
        else
            m_tokens[token] = Channels();
    }
    if (m_all == Channels() && m_tokens.empty())
        m_market = false;
}

bool Subscription::wants(Channel channel, const QByteArray &token) const
{
    if (channel == Channel::Market)
        return m_market;
    const auto named = m_tokens.find(token);
    return (named == m_tokens.end() ? m_all : named->second).has(channel);
}

TokenSelection Subscription::selection() const
{
    TokenSelection selection{m_all != Channels(), {}};
    for (const auto &[token, channels] : m_tokens) {
        if (!selection.all)
            selection.tokens.insert(token);
    }
    return selection;
}

Channels Subscription::channels() const
{
    Channels channels = m_all;
    for (const auto &[token, wanted] : m_tokens)
        channels = united(channels, wanted);
    if (m_market)
        channels.add(Channel::Market);
    return channels;
}

} // namespace odin
