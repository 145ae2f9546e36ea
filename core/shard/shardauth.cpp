// The part of ShardWorker that deals with who its clients are: tokens, what they allow, and when they end.
#include "core/shard/shardworker.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/wire/reply.h"

#include <algorithm>

namespace odin {

namespace {

using std::chrono::steady_clock;

// Wall clocks jump, so what hangs on one is looked at again at least this often.
constexpr std::chrono::milliseconds lookAgainMs{60'000};

} // namespace

bool ShardWorker::isUnknown(const Session &session) const
{
    return m_guard.tokens && m_guard.tokens->isRequired() && !session.guest.identity;
}

// Looks at the token, and so costs a signature's worth of time: addresses that showed wrong ones are not heard.
void ShardWorker::act(Session &session, std::optional<qint64> id, const AuthCommand &auth)
{
    if (!m_guard.tokens)
        return; // nobody needs one here
    if (session.catchUp)
        return defer(session, {id, auth});
    auto guest = session.guest;
    TokenFault fault{};
    if (const auto turnaway = m_checkpoint.logIn(auth.token, guest, &fault))
        return tokenRefused(session, id, *turnaway, fault);
    const auto before = session.guest.identity;
    if (before && before->subject != guest.identity->subject)
        return refuse(session, {id, ErrorCode::PermissionDenied, "a connection stays with its user"});
    session.guest = std::move(guest);
    noteToken(session);
    send(session, authenticatedText(id, *session.guest.identity, readableTokens(session)));
    if (before)
        narrow(session);
    else
        welcomeIn(session);
}

// A client that is in already keeps what it has until that ends.
void ShardWorker::tokenRefused(Session &session, std::optional<qint64> id, Turnaway turnaway, TokenFault fault)
{
    bump(m_counters.turnaways[std::size_t(turnaway)]);
    const bool isExpired = turnaway == Turnaway::WrongToken && fault == TokenFault::Expired;
    if (!isUnknown(session))
        return refuse(session, turnaway == Turnaway::FailedLogins
                          ? CommandError{id, ErrorCode::TooManyRequests, "too many wrong tokens, try again in a minute"}
                          : isExpired ? CommandError{id, ErrorCode::TokenExpired, "this token has expired"}
                                      : CommandError{id, ErrorCode::Unauthorized, "this token is not valid"});
    switch (turnaway) {
    case Turnaway::FailedLogins: return end(session, CloseReason::TooManyRequests);
    case Turnaway::UserConnections: return end(session, CloseReason::TooManyConnections);
    default: return end(session, isExpired ? CloseReason::TokenExpired : CloseReason::InvalidToken);
    }
}

void ShardWorker::noteToken(Session &session)
{
    session.tokenAcceptedMs = wallMs();
    session.isExpiryTold = false;
    m_sessions[session.index].identityDue = steady_clock::now();
}

// What everybody gets who needs no token, or has shown one.
void ShardWorker::welcomeIn(Session &session)
{
    sendStatus(session);
    const auto wanted = std::exchange(session.guest.selection, {});
    if (wanted.all || !wanted.tokens.empty())
        act(session, {}, SubscribeCommand{wanted, Channel::Price, {}, {}});
}

// Of what it has, a newer token may allow less.
void ShardWorker::narrow(Session &session)
{
    const auto had = session.subscription;
    if (readable(session, had.selection()) == had.selection())
        return;
    Subscription narrowed;
    for (const auto &token : *session.guest.identity->prices) {
        const auto named = had.tokens().find(token);
        const auto channels = named == had.tokens().end() ? had.all() : named->second;
        if (channels != Channels())
            narrowed.add({false, {token}}, channels);
    }
    if (had.wantsMarket())
        narrowed.add({}, Channel::Market);
    session.dropHeld(had.selection());
    changeSubscription(session, narrowed);
    send(session, unsubscribedText({}, grantOf(session, m_lastSeq)));
}

// Of a selection, what the session's token allows. All of it for a token that allows some is those.
TokenSelection ShardWorker::readable(const Session &session, const TokenSelection &selection) const
{
    const auto &identity = session.guest.identity;
    if (!identity || !identity->prices)
        return selection;
    if (selection.all)
        return {false, *identity->prices};
    TokenSelection allowed;
    std::ranges::set_intersection(selection.tokens, *identity->prices,
                                  std::inserter(allowed.tokens, allowed.tokens.end()));
    return allowed;
}

std::vector<QByteArray> ShardWorker::readableTokens(const Session &session) const
{
    std::vector<QByteArray> tokens;
    for (const auto &[token, frame] : m_latest) {
        if (!isUnknown(session) && (!session.guest.identity || session.guest.identity->mayRead(token)))
            tokens.push_back(token);
    }
    return tokens;
}

// Called when something about who the client is may be due: its first token, or the end of the one it has.
std::optional<CloseReason> ShardWorker::identityProblem(Entry &entry, SteadyTime now)
{
    auto &session = *entry.session;
    if (isUnknown(session))
        return CloseReason::NoAuthInTime;
    const auto &identity = session.guest.identity;
    if (!identity || !m_guard.tokens)
        return {};
    if (m_guard.tokens->isRevoked(*identity))
        return CloseReason::InvalidToken;
    // Accepted within the skew of the clocks, it ends when it was accepted.
    const auto nowMs = wallMs(), endsMs = std::max(identity->expiresMs, session.tokenAcceptedMs);
    const auto cutMs = endsMs + limits::tokenGraceMs.count();
    if (nowMs >= cutMs)
        return CloseReason::TokenExpired;
    if (nowMs >= endsMs && !std::exchange(session.isExpiryTold, true))
        send(session, errorText({{}, ErrorCode::TokenExpired, "the token of this connection has expired"}));
    const std::chrono::milliseconds left((nowMs >= endsMs ? cutMs : endsMs) - nowMs);
    entry.identityDue = now + std::min(left, lookAgainMs);
    return {};
}

// At each heartbeat. Ending one changes the list, so it waits until the walk is over.
void ShardWorker::watchIdentities(SteadyTime now)
{
    if (!m_guard.tokens)
        return;
    const auto revision = m_guard.tokens->revision();
    const bool isNews = std::exchange(m_tokensRevision, revision) != revision;
    std::vector<std::pair<Session *, CloseReason>> over;
    for (auto &entry : m_sessions) {
        const bool isDue = entry.identityDue <= now || (isNews && entry.session->guest.identity);
        if (!isDue || entry.session->isClosing)
            continue;
        if (const auto problem = identityProblem(entry, now))
            over.emplace_back(entry.session.get(), *problem);
    }
    for (const auto &[session, reason] : over)
        end(*session, reason);
}

} // namespace odin
