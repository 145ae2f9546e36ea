// The part of ShardWorker that deals with single clients: opening, commands, heartbeats, closing.
#include "core/shard/shardworker.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/wire/reply.h"

#include <QRandomGenerator>

namespace odin {

namespace {

using std::chrono::steady_clock;

// How long a client may take to answer a close frame before its socket is cut.
constexpr std::chrono::seconds closingMax{2};

SteadyTime spread(std::chrono::milliseconds interval) // so that sessions opened together do not beat together
{
    return steady_clock::now() + interval / 2
        + std::chrono::milliseconds(QRandomGenerator::global()->bounded(int(interval.count() / 2)));
}

} // namespace

void ShardWorker::open(QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest)
{
    auto made = std::make_unique<Session>(
        m_state.node() + '-' + QByteArray::number(m_number) + '-' + QByteArray::number(++m_sessionsMade), webSocket,
        tcp, guest);
    auto *session = made.get();
    session->index = m_sessions.size();
    session->ordinal = ordinalOf(m_sessionsMade);
    const auto now = steady_clock::now();
    m_sessions.push_back({std::move(made), spread(limits::heartbeatMs), now, SteadyTime::max(), session->ordinal});
    bump(m_counters.sessionsOpened);
    m_state.census().sessions.fetch_add(1);
    listenTo(*session);
    greet(*session);
    letMailPass();
}

void ShardWorker::listenTo(Session &session)
{
    auto *webSocket = session.webSocket();
    connect(webSocket, &QWebSocket::textMessageReceived, this,
            [this, &session](const QString &text) { command(session, text.toUtf8()); });
    connect(webSocket, &QWebSocket::binaryMessageReceived, this,
            [this, &session](const QByteArray &text) { command(session, text); });
    connect(webSocket, &QWebSocket::pong, this, [this, &session] {
        if (session.pongReceived())
            m_counters.roundTrip.record(session.roundTrip());
    });
    connect(webSocket, &QWebSocket::disconnected, this, [this, &session] { closed(session); });
    session.watchInbound([this, &session](const FrameScanner::Seen &seen) { inspect(session, seen); });
}

void ShardWorker::greet(Session &session)
{
    const auto &identity = session.guest.identity;
    if (identity)
        noteToken(session);
    const bool unknown = isUnknown(session);
    const Standing standing{unknown, identity ? identity->expiresMs : 0};
    send(session, welcomeText({m_state.node(), m_state.isSimulated()}, m_upstream, session.id(), readableTokens(session),
                              standing));
    if (m_draining)
        return end(session, CloseReason::Shutdown);
    if (!unknown)
        return welcomeIn(session);
    m_sessions[session.index].identityDue = steady_clock::now() + limits::authMsMax;
}

// What QtWebSockets answers or takes without a word. What a client sends beyond its share never reaches it.
void ShardWorker::inspect(Session &session, const FrameScanner::Seen &seen)
{
    if (session.isClosing)
        return;
    if (seen.isUnmasked) {
        bump(m_counters.framesRefused);
        return end(session, CloseReason::ProtocolError);
    }
    const auto now = steady_clock::now();
    if (session.controlBudget.take(now, limits::controlFramesPerSecondMax, limits::controlFramesBurstMax, seen.controls)
        && session.pieceBudget.take(now, limits::piecesPerSecondMax, limits::piecesBurstMax, seen.pieces))
        return;
    bump(m_counters.controlFloods);
    end(session, CloseReason::TooManyRequests);
}

void ShardWorker::command(Session &session, QByteArrayView text)
{
    if (session.isClosing)
        return;
    obey(session, text);
    letMailPass();
}

void ShardWorker::obey(Session &session, QByteArrayView text)
{
    bump(m_counters.commands);
    ++session.commands;
    if (!session.commandBudget.take(steady_clock::now(), limits::commandsPerSecondMax, limits::commandBurstMax))
        return refuse(session, {{}, ErrorCode::TooManyRequests, "too many commands, slow down"});
    const auto parsed = parseCommand(text);
    if (const auto *error = std::get_if<CommandError>(&parsed))
        return refuse(session, *error);
    const auto &command = std::get<Command>(parsed);
    const bool isForAll = std::holds_alternative<AuthCommand>(command.body) || std::holds_alternative<PingCommand>(command.body);
    if (isUnknown(session) && !isForAll)
        return refuse(session, {command.id, ErrorCode::Unauthorized, "a token is needed first"});
    std::visit([&](const auto &body) { act(session, command.id, body); }, command.body);
}

void ShardWorker::refuse(Session &session, const CommandError &error)
{
    bump(m_counters.commandErrors);
    if (++session.commandErrors > limits::commandErrorsMax) {
        const bool flood = error.code == ErrorCode::TooManyRequests;
        return end(session, flood ? CloseReason::TooManyRequests : CloseReason::TooManyErrors);
    }
    send(session, errorText(error));
}

void ShardWorker::act(Session &session, std::optional<qint64> id, const SubscribeCommand &asked)
{
    if (session.catchUp)
        return defer(session, {id, asked});
    auto subscribe = asked;
    subscribe.selection = readable(session, asked.selection);
    if (subscribe.selection != asked.selection && subscribe.selection.tokens.empty())
        return refuse(session, {id, ErrorCode::PermissionDenied, "the token of this connection allows none of these prices"});
    auto wanted = session.subscription;
    wanted.add(subscribe.selection, subscribe.channels);
    if (wanted.namedTokens() > limits::sessionTokensMax)
        return refuse(session, {id, ErrorCode::LimitExceeded, "too many tokens subscribed"});
    if (subscribe.pace) {
        session.setPace(*subscribe.pace);
        held(session);
    }
    if (subscribe.resume && !withinQuota(session.resumeBudget, limits::resumesPerMinuteMax / 60.0, limits::resumesBurstMax))
        return refuse(session, {id, ErrorCode::TooManyRequests, "too many resumes, slow down"});
    if (subscribe.resume)
        return beginResume(session, id, subscribe);
    subscribeAfresh(session, id, subscribe, {});
}

// Of what costs more than most commands.
bool ShardWorker::withinQuota(RateBudget &budget, double perSecond, double burst)
{
    const bool isWithin = budget.take(steady_clock::now(), perSecond, burst);
    bump(m_counters.quotaRefusals, isWithin ? 0 : 1);
    return isWithin;
}

// With a snapshot instead of what was before.
void ShardWorker::subscribeAfresh(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe,
                                  std::optional<bool> recovered)
{
    const ClientSocket::Cork cork(*session.tcp());
    auto wanted = session.subscription;
    wanted.add(subscribe.selection, subscribe.channels);
    changeSubscription(session, wanted);
    send(session, subscribedText(id, grantOf(session, m_lastSeq), recovered));
    if (subscribe.channels.has(Channel::Price))
        sendSnapshot(session, subscribe.selection);
}

Grant ShardWorker::grantOf(const Session &session, Seq seq) const
{
    return {session.subscription.selection(), session.subscription.channels(), session.pace(), seq};
}

void ShardWorker::act(Session &session, std::optional<qint64> id, const UnsubscribeCommand &unsubscribe)
{
    if (session.catchUp)
        return defer(session, {id, unsubscribe});
    auto wanted = session.subscription;
    wanted.remove(unsubscribe.selection);
    if (wanted.namedTokens() > limits::sessionTokensMax)
        return refuse(session, {id, ErrorCode::LimitExceeded, "too many tokens unsubscribed one by one"});
    session.dropHeld(unsubscribe.selection);
    changeSubscription(session, wanted);
    send(session, unsubscribedText(id, grantOf(session, m_lastSeq)));
}

void ShardWorker::act(Session &session, std::optional<qint64> id, const PingCommand &ping)
{
    send(session, pongText(id, ping.clientTime));
}

void ShardWorker::changeSubscription(Session &session, const Subscription &subscription)
{
    m_cohorts.leave(&session);
    session.subscription = subscription;
    m_cohorts.join(&session, subscription);
    session.subscribedAt = steady_clock::now();
}

// Every price that went through the last fan-out is in m_latest and no newer one is: what follows fits without a hole.
void ShardWorker::sendSnapshot(Session &session, const TokenSelection &selection)
{
    std::vector<FramePtr> latest;
    for (const auto &[token, frame] : m_latest) {
        if (selection.all || selection.tokens.contains(token))
            latest.push_back(frame);
    }
    session.dropHeld(selection); // the snapshot has it
    send(session, snapshotText(latest));
    sendStale(session, selection);
}

// Behind the updates, which would say that the token is alive.
void ShardWorker::sendStale(Session &session, const TokenSelection &selection)
{
    for (const auto &[token, notice] : m_stale) {
        if (selection.all || selection.tokens.contains(token))
            send(session, notice->payload());
    }
}

void ShardWorker::sendStatus(Session &session)
{
    if (isUnknown(session))
        return;
    send(session, statusText(m_upstream.state, m_state.census().sessions.load(), session.roundTripMs()));
}

void ShardWorker::send(Session &session, QByteArrayView text)
{
    if (session.sendText(text) == Session::Write::TooSlow)
        doom(session, CloseReason::TooSlow); // a broken socket says so itself, by disconnecting
}

void ShardWorker::upstreamChanged(const UpstreamStatus &status)
{
    if (status.epoch != m_upstream.epoch)
        pumpEverything(); // positions of before have nothing to do with this epoch
    const bool isNews = statusWord(status.state) != statusWord(m_upstream.state);
    m_upstream = status;
    for (std::size_t i = 0; isNews && i < m_sessions.size(); ++i)
        sendStatus(*m_sessions[i].session);
}

void ShardWorker::heartbeat()
{
    const auto now = steady_clock::now();
    ++m_beats;
    std::uint64_t thinning = 0;
    std::vector<Session *> trickling; // ending one changes the list
    watchIdentities(now);
    for (auto &entry : m_sessions) {
        auto &session = *entry.session;
        if (session.isClosing && now - session.closingSince > closingMax)
            doom(session, {});
        if (session.isClosing)
            continue;
        if ((session.index + m_beats) % 4 == 0 && session.isTrickling(now)) {
            bump(m_counters.trickled);
            trickling.push_back(&session);
        }
        // QtWebSockets queues pongs without telling: a client that pings and never reads shows only here.
        if ((session.index + m_beats) % 4 == 0 && session.isTooSlow(now))
            doom(session, CloseReason::TooSlow);
        thinning += session.isThinning();
        if (entry.pingDue <= now)
            ping(entry);
        if (entry.statusDue <= now) {
            sendStatus(session);
            entry.statusDue = now + limits::heartbeatMs;
        }
    }
    m_counters.thinning.store(thinning, std::memory_order_relaxed);
    m_counters.catchingUp.store(m_resuming.size(), std::memory_order_relaxed);
    for (auto *session : m_resuming) // what they wait for may have come, or their time is over
        queue(*session);
    for (auto *session : trickling)
        end(*session, CloseReason::BadRequest);
    endTrails(now);
    cutDoomed();
}

void ShardWorker::ping(Entry &entry)
{
    if (entry.session->pingsUnanswered() >= limits::pingsUnansweredMax)
        return doom(*entry.session, CloseReason::NoPong);
    entry.session->sendPing();
    entry.pingDue = spread(limits::pingMs * 4 / 3); // on average every limits::pingMs
}

void ShardWorker::drain(std::chrono::milliseconds retryAfter)
{
    m_draining = true;
    for (const auto &entry : m_sessions) { // spread, so that they do not all come back at once
        const auto hint = QRandomGenerator::global()->bounded(int(retryAfter.count()) + 1);
        send(*entry.session, drainText(std::chrono::milliseconds(hint)));
    }
    closeAll(CloseReason::Shutdown);
}

void ShardWorker::closeAll(CloseReason reason)
{
    std::vector<Session *> sessions; // closing takes sessions out of the list under us
    for (const auto &entry : m_sessions)
        sessions.push_back(entry.session.get());
    for (auto *session : sessions)
        end(*session, reason);
}

void ShardWorker::end(Session &session, CloseReason reason)
{
    if (session.isClosing)
        return;
    count(reason);
    m_cohorts.leave(&session);
    forgetResume(session);
    session.close(reason);
}

// Cutting a session takes it out of every list at once, so it waits until nobody walks over them.
void ShardWorker::doom(Session &session, std::optional<CloseReason> reason)
{
    if (std::exchange(session.isDoomed, true))
        return;
    if (reason)
        count(*reason);
    m_doomed.push_back(&session);
}

void ShardWorker::cutDoomed()
{
    if (!m_mayCut)
        return; // at the next fan-out or heartbeat
    for (auto *session : std::exchange(m_doomed, {}))
        session->abort(); // emits disconnected(), which ends in closed()
}

void ShardWorker::closed(Session &session)
{
    // The one reason for which QtWebSockets closes by itself.
    if (!session.isClosing && session.webSocket()->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
        count(CloseReason::MessageTooBig);
    m_cohorts.leave(&session);
    forgetResume(session);
    m_pacing.erase(&session);
    m_trailed.erase(&session);
    std::erase_if(m_historyWaits, [&session](const auto &wait) { return wait.session == &session; });
    std::erase(m_doomed, &session);
    m_state.census().sessions.fetch_sub(1);
    bump(m_counters.sessionsClosed);
    const auto index = session.index;
    std::swap(m_sessions[index], m_sessions.back());
    m_sessions[index].session->index = index;
    m_sessions.pop_back();
}

void ShardWorker::count(CloseReason reason) { bump(m_counters.closes[closeIndex(reason)]); }

} // namespace odin
