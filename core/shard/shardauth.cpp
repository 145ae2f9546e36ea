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

QHostAddress addressOf(const Session &session) { return QHostAddress(QString::fromLatin1(session.address())); }

// Counted by the policy as long as it lives.
std::shared_ptr<void> placeOf(DoorPolicy *door, const QByteArray &subject)
{
    return {door, [subject](DoorPolicy *policy) { policy->userLeft(subject); }};
}

} // namespace

bool ShardWorker::isUnknown(const Session &session) const
{
    return m_guard.tokens && m_guard.tokens->isRequired() && !session.who.identity;
}

// True when the door's policy says no and means it.
bool ShardWorker::isTurnedAway(std::optional<Turnaway> turnaway)
{
    if (!turnaway)
        return false;
    const bool isDryRun = m_guard.door->isDryRun();
    bump((isDryRun ? m_counters.wouldTurnAway : m_counters.turnaways)[std::size_t(*turnaway)]);
    return !isDryRun;
}

// Looks at the token, and so costs a signature's worth of time: addresses that showed wrong ones are not heard.
void ShardWorker::act(Session &session, std::optional<qint64> id, const AuthCommand &auth)
{
    if (!m_guard.tokens)
        return; // nobody needs one here
    if (session.catchUp)
        return defer(session, {id, auth});
    if (m_guard.door && isTurnedAway(m_guard.door->mayLogIn(addressOf(session))))
        return isUnknown(session) ? end(session, CloseReason::TooManyRequests)
                                  : refuse(session, {id, ErrorCode::TooManyRequests, "too many wrong tokens"});
    const auto checked = m_guard.tokens->check(auth.token);
    if (const auto *fault = std::get_if<TokenFault>(&checked))
        return tokenRefused(session, id, *fault);
    tokenAccepted(session, id, std::make_shared<Identity>(std::get<Identity>(checked)));
}

// A client that is in already keeps what it has until that ends.
void ShardWorker::tokenRefused(Session &session, std::optional<qint64> id, TokenFault fault)
{
    bump(m_counters.tokenFaults[std::size_t(fault)]);
    if (m_guard.door)
        m_guard.door->loginFailed(addressOf(session));
    const bool isExpired = fault == TokenFault::Expired;
    if (isUnknown(session))
        return end(session, isExpired ? CloseReason::TokenExpired : CloseReason::InvalidToken);
    refuse(session, {id, isExpired ? ErrorCode::TokenExpired : ErrorCode::Unauthorized,
                     isExpired ? "this token has expired" : "this token is not valid"});
}

void ShardWorker::tokenAccepted(Session &session, std::optional<qint64> id, IdentityPtr identity)
{
    auto &who = session.who;
    if (who.identity && who.identity->subject != identity->subject)
        return refuse(session, {id, ErrorCode::PermissionDenied, "a connection stays with its user"});
    bump(m_counters.tokensAccepted);
    const bool isNew = !who.identity;
    if (isNew && m_guard.door) {
        auto place = placeOf(m_guard.door, identity->subject);
        if (isTurnedAway(m_guard.door->userArrived(identity->subject)))
            return end(session, CloseReason::TooManyConnections);
        who.place = std::move(place);
    }
    identify(session, std::move(identity));
    send(session, authenticatedText(id, *who.identity, readableTokens(session)));
    if (isNew)
        welcomeIn(session);
    else
        narrow(session);
}

void ShardWorker::identify(Session &session, IdentityPtr identity)
{
    session.who.identity = std::move(identity);
    session.who.acceptedMs = wallMs();
    session.who.isExpiryTold = false;
    m_sessions[session.index].identityDue = steady_clock::now();
}

// What everybody gets who needs no token, or has shown one.
void ShardWorker::welcomeIn(Session &session)
{
    sendStatus(session);
    const auto wanted = std::exchange(session.who.wanted, {});
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
    for (const auto &token : *session.who.identity->prices) {
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
    const auto &identity = session.who.identity;
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
        if (!isUnknown(session) && (!session.who.identity || session.who.identity->mayRead(token)))
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
    auto &who = session.who;
    if (!who.identity || !m_guard.tokens)
        return {};
    if (m_guard.tokens->isRevoked(*who.identity))
        return CloseReason::InvalidToken;
    // Accepted within the skew of the clocks, it ends when it was accepted.
    const auto nowMs = wallMs(), endsMs = std::max(who.identity->expiresMs, who.acceptedMs);
    const auto cutMs = endsMs + limits::tokenGraceMs.count();
    if (nowMs >= cutMs)
        return CloseReason::TokenExpired;
    if (nowMs >= endsMs && !std::exchange(who.isExpiryTold, true))
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
        const bool isDue = entry.identityDue <= now || (isNews && entry.session->who.identity);
        if (!isDue || entry.session->isClosing)
            continue;
        if (const auto problem = identityProblem(entry, now))
            over.emplace_back(entry.session.get(), *problem);
    }
    for (const auto &[session, reason] : over)
        end(*session, reason);
}

} // namespace odin
