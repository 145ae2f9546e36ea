#include "core/shard/clientview.h"

#include <sys/ioctl.h>

#include <linux/sockios.h>

namespace odin {

namespace {

ClientState stateOf(const Session &session)
{
    if (session.isClosing)
        return ClientState::Closing;
    if (session.catchUp)
        return ClientState::CatchingUp;
    return session.isThinning() ? ClientState::Thinned : ClientState::Live;
}

QByteArray tokensWord(const Subscription &subscription)
{
    if (subscription.all() != Channels())
        return QByteArrayLiteral("*");
    QByteArray word;
    int shown = 0;
    for (const auto &[token, channels] : subscription.tokens()) {
        if (shown++ == limits::clientTokensShown)
            return word + " +" + QByteArray::number(qint64(subscription.namedTokens()) - limits::clientTokensShown);
        word += (shown > 1 ? " " : "") + token;
    }
    return word;
}

std::optional<double> rateOf(Session &session, SteadyTime now)
{
    const auto before = std::exchange(session.counted, Session::Counted{session.updatesSent(), now});
    const auto passed = now - before.at;
    if (passed > limits::clientRateMsMax || passed <= SteadyTime::duration::zero())
        return {};
    return double(session.updatesSent() - before.updates) / std::chrono::duration<double>(passed).count();
}

ClientRow withoutRate(const Session &session)
{
    const auto &subscription = session.subscription;
    const bool isAll = subscription.all() != Channels();
    return {.id = session.id(),
            .ordinal = session.ordinal,
            .address = session.address(),
            .port = session.port(),
            .user = session.guest.identity ? session.guest.identity->subject : QByteArray(),
            .sinceMs = session.sinceMs(),
            .tokens = tokensWord(subscription),
            .tokenCount = isAll ? allTokens : int(subscription.namedTokens()),
            .pace = session.pace(),
            .limitHz = session.limitHz().value_or(0),
            .outPerSecond = {},
            .backlogBytes = session.backlogBytes(),
            .conflated = session.conflated(),
            .roundTripMs = session.roundTripMs(),
            .state = stateOf(session)};
}

qint64 unacknowledged(const Session &session)
{
    int bytes = 0;
    const bool known = session.tcp() && ::ioctl(int(session.tcp()->socketDescriptor()), SIOCOUTQ, &bytes) == 0;
    return known ? bytes : 0;
}

void addTokens(ClientDetails &details, const Subscription &subscription)
{
    const bool isAll = subscription.all() != Channels();
    if (isAll)
        details.tokens.append(QByteArrayLiteral("*"));
    for (const auto &[token, channels] : subscription.tokens()) {
        if (!isAll)
            details.tokens.append(token);
        else if (channels == Channels())
            details.withoutTokens.append(token);
    }
    for (const auto channel : {Channel::Price, Channel::Volume, Channel::Market}) {
        if (subscription.channels().has(channel))
            details.channels.append(channelName(channel));
    }
}

} // namespace

ClientRow rowOf(Session &session, SteadyTime now)
{
    auto row = withoutRate(session);
    row.outPerSecond = rateOf(session, now);
    return row;
}

ClientDetails detailsOf(const Session &session, Seq catchUpEnd)
{
    ClientDetails details{.id = session.id(),
                          .isConnected = true,
                          .takenMs = wallMs(),
                          .row = withoutRate(session),
                          .tokens = {},
                          .withoutTokens = {},
                          .channels = {},
                          .asked = session.askedPace(),
                          .kernelBytes = unacknowledged(session),
                          .heldUpdates = session.heldFrames(),
                          .updates = session.updatesSent(),
                          .bytes = session.bytesSent(),
                          .commands = session.commands,
                          .commandErrors = quint64(session.commandErrors),
                          .pingsUnanswered = session.pingsUnanswered(),
                          .lastFrames = {}};
    addTokens(details, session.subscription);
    if (session.catchUp) {
        details.caughtUpTo = session.catchUp->isReplaying ? session.catchUp->at : session.catchUp->from();
        details.catchUpEnd = catchUpEnd;
    }
    if (session.trail)
        details.lastFrames = session.trail->frames();
    return details;
}

} // namespace odin
