#include "core/wire/command.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

constexpr double safeIntegerMax = 9007199254740991.0; // 2^53 - 1: integers a JSON number carries exactly

// Thrown inside this file only, so that a check can end the parsing from any depth.
struct Refused
{
    ErrorCode code;
    const char *reason;
};

std::optional<qint64> idOf(const QJsonObject &object)
{
    const auto id = object.value(QLatin1String("id"));
    if (!id.isDouble())
        return {};
    const double number = id.toDouble();
    if (number != std::floor(number) || std::abs(number) > safeIntegerMax)
        return {};
    return qint64(number);
}

QByteArray tokenOf(const QJsonValue &value)
{
    const auto token = value.toString().toUtf8();
    if (!value.isString() || !isValidTokenId(token))
        throw Refused{ErrorCode::TokenIdNotValid, "a token id is 1 to 32 of A-Z a-z 0-9 _ -"};
    return token;
}

TokenSelection selectionOf(const QJsonObject &object)
{
    const auto value = object.value(QLatin1String("tokens"));
    if (!value.isArray())
        throw Refused{ErrorCode::BadRequest, "tokens must be an array of strings"};
    const auto list = value.toArray();
    if (list.size() > limits::commandTokensMax)
        throw Refused{ErrorCode::LimitExceeded, "too many tokens in one command"};
    if (list.size() == 1 && list.first().toString() == QLatin1String("*"))
        return {true, {}};
    TokenSelection selection;
    for (const auto &entry : list)
        selection.tokens.insert(tokenOf(entry));
    return selection;
}

Channels channelsOf(const QJsonObject &object)
{
    const auto value = object.value(QLatin1String("channels"));
    if (value.isUndefined())
        return Channel::Price;
    Channels channels;
    const auto list = value.toArray();
    for (const auto &entry : list) {
        const auto name = entry.toString();
        if (name == QLatin1String("price"))
            channels.add(Channel::Price);
        else if (name == QLatin1String("volume"))
            channels.add(Channel::Volume);
        else if (name == QLatin1String("market"))
            channels.add(Channel::Market);
        else
            throw Refused{ErrorCode::BadRequest, "a channel is price, volume or market"};
    }
    if (list.isEmpty())
        throw Refused{ErrorCode::BadRequest, "channels must be an array of at least one name"};
    return channels;
}

std::optional<Pace> paceOf(const QJsonObject &object)
{
    const auto mode = object.value(QLatin1String("mode"));
    const auto maxHz = object.value(QLatin1String("maxHz"));
    const auto hz = maxHz.toDouble(maxHz.isUndefined() ? limits::latestHzDefault : 0);
    if (!(hz > 0))
        throw Refused{ErrorCode::BadRequest, "maxHz must be a number above 0"};
    const auto word = mode.toString();
    if (word == QLatin1String("latest"))
        return Pace{Mode::Latest, std::clamp(hz, limits::latestHzMin, limits::latestHzMax)};
    if (word == QLatin1String("auto"))
        return Pace{Mode::Auto, 0};
    if (word == QLatin1String("stream"))
        return Pace{Mode::Stream, 0};
    if (!mode.isUndefined())
        throw Refused{ErrorCode::BadRequest, "a mode is auto, stream or latest"};
    return {};
}

std::optional<ResumePosition> resumeOf(const QJsonObject &object)
{
    const auto resume = object.value(QLatin1String("resume"));
    if (resume.isUndefined())
        return {};
    const auto epoch = resume.toObject().value(QLatin1String("epoch"));
    const auto seq = resume.toObject().value(QLatin1String("seq")).toDouble(-1);
    if (!epoch.isString() || !(seq >= 0 && seq <= safeIntegerMax) || seq != std::floor(seq))
        throw Refused{ErrorCode::BadRequest, "resume must be {epoch: string, seq: number}"};
    return ResumePosition{epoch.toString().toUtf8(), Seq(seq)};
}

SubscribeCommand subscribeOf(const QJsonObject &object)
{
    return {selectionOf(object), channelsOf(object), paceOf(object), resumeOf(object)};
}

HistoryCommand historyOf(const QJsonObject &object)
{
    const auto limit = object.value(QLatin1String("limit"));
    const auto since = object.value(QLatin1String("since"));
    const auto number = limit.toDouble(limit.isUndefined() ? limits::historyUpdatesMax : 0);
    if (!(number >= 1))
        throw Refused{ErrorCode::BadRequest, "limit must be a number of at least 1"};
    if (number > limits::historyUpdatesMax)
        throw Refused{ErrorCode::LimitExceeded, "limit is too large"};
    if (!since.isUndefined() && !(std::abs(since.toDouble(2 * safeIntegerMax)) <= safeIntegerMax))
        throw Refused{ErrorCode::BadRequest, "since must be a time in ms"};
    return {tokenOf(object.value(QLatin1String("tokenId"))), int(number), qint64(since.toDouble())};
}

AuthCommand authOf(const QJsonObject &object)
{
    const auto token = object.value(QLatin1String("token"));
    if (!token.isString())
        throw Refused{ErrorCode::BadRequest, "token must be a string"};
    return {token.toString().toUtf8().left(limits::tokenBytesMax + 1)};
}

Command commandOf(const QJsonObject &object)
{
    const auto type = object.value(QLatin1String("type")).toString();
    const auto id = idOf(object);
    if (type == QLatin1String("subscribe"))
        return {id, subscribeOf(object)};
    if (type == QLatin1String("unsubscribe"))
        return {id, UnsubscribeCommand{selectionOf(object)}};
    if (type == QLatin1String("history"))
        return {id, historyOf(object)};
    if (type == QLatin1String("ping"))
        return {id, PingCommand{object.value(QLatin1String("clientTime"))}};
    if (type == QLatin1String("auth"))
        return {id, authOf(object)};
    throw Refused{ErrorCode::UnknownCommand, "unknown command type"};
}

} // namespace

std::variant<Command, CommandError> parseCommand(QByteArrayView text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), text.size()), &error);
    if (!document.isObject())
        return CommandError{{}, ErrorCode::BadRequest, "a command is one JSON object"};
    const auto object = document.object();
    try {
        return commandOf(object);
    } catch (const Refused &refused) {
        return CommandError{idOf(object), refused.code, refused.reason};
    }
}

std::optional<TokenSelection> parseTokenList(QByteArrayView commaSeparated)
{
    if (commaSeparated == "*")
        return TokenSelection{true, {}};
    TokenSelection selection;
    const auto names = commaSeparated.toByteArray().split(',');
    if (names.size() > limits::commandTokensMax)
        return {};
    for (const auto &name : names) {
        if (!isValidTokenId(name))
            return {};
        selection.tokens.insert(name);
    }
    return selection;
}

} // namespace odin
