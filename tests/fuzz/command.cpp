// Commands of clients: what is accepted can be said again in other words, and stays within its bounds.
#include "core/wire/command.h"
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <cstring>

using namespace odin;
using fuzz::require;

namespace {

QJsonArray namesOf(const TokenSelection &selection)
{
    QJsonArray names;
    if (selection.all)
        names.append(QStringLiteral("*"));
    for (const auto &token : selection.tokens)
        names.append(QString::fromUtf8(token));
    return names;
}

void checkSelection(const TokenSelection &selection)
{
    require(!selection.all || selection.tokens.empty(), "all or some");
    require(selection.tokens.size() <= std::size_t(limits::commandTokensMax), "tokens have a bound");
    for (const auto &token : selection.tokens)
        require(isValidTokenId(token), "tokens are valid");
}

QJsonObject said(const SubscribeCommand &command)
{
    checkSelection(command.selection);
    QJsonArray channels;
    for (const auto channel : {Channel::Price, Channel::Volume, Channel::Market}) {
        if (command.channels.has(channel))
            channels.append(QLatin1String(channelName(channel)));
    }
    require(!channels.isEmpty(), "at least one channel");
    QJsonObject object{{QStringLiteral("type"), QStringLiteral("subscribe")},
                       {QStringLiteral("tokens"), namesOf(command.selection)},
                       {QStringLiteral("channels"), channels}};
    if (command.pace) {
        object.insert(QStringLiteral("mode"), QLatin1String(modeName(command.pace->mode)));
        if (command.pace->mode == Mode::Latest) {
            require(command.pace->maxHz >= limits::latestHzMin && command.pace->maxHz <= limits::latestHzMax,
                    "the rate has a bound");
            object.insert(QStringLiteral("maxHz"), command.pace->maxHz);
        }
    }
    if (command.resume) {
        require(command.resume->seq >= 0, "a position is none below 0");
        object.insert(QStringLiteral("resume"),
                      QJsonObject{{QStringLiteral("epoch"), QString::fromUtf8(command.resume->epoch)},
                                  {QStringLiteral("seq"), command.resume->seq}});
    }
    return object;
}

QJsonObject said(const UnsubscribeCommand &command)
{
    checkSelection(command.selection);
    return {{QStringLiteral("type"), QStringLiteral("unsubscribe")},
            {QStringLiteral("tokens"), namesOf(command.selection)}};
}

QJsonObject said(const HistoryCommand &command)
{
    require(isValidTokenId(command.token) && command.limit >= 1 && command.limit <= limits::historyUpdatesMax,
            "a history has a bound");
    return {{QStringLiteral("type"), QStringLiteral("history")},
            {QStringLiteral("tokenId"), QString::fromUtf8(command.token)},
            {QStringLiteral("limit"), command.limit},
            {QStringLiteral("since"), command.sinceMs}};
}

QJsonObject said(const PingCommand &command)
{
    return {{QStringLiteral("type"), QStringLiteral("ping")}, {QStringLiteral("clientTime"), command.clientTime}};
}

QJsonObject said(const AuthCommand &command)
{
    require(command.token.size() <= limits::tokenBytesMax + 1, "a token has a bound");
    return {{QStringLiteral("type"), QStringLiteral("auth")},
            {QStringLiteral("token"), QString::fromUtf8(command.token)}};
}

QJsonObject said(const Command &command)
{
    auto object = std::visit([](const auto &body) { return said(body); }, command.body);
    if (command.id)
        object.insert(QStringLiteral("id"), double(*command.id));
    return object;
}

// A token cut in the middle of a letter is told differently; it is far over its bound in any case.
bool isCut(const Command &command)
{
    const auto *auth = std::get_if<AuthCommand>(&command.body);
    return auth && auth->token.size() > limits::tokenBytesMax;
}

void checkAccepted(const Command &command)
{
    require(!command.id || std::abs(double(*command.id)) <= 9007199254740991.0, "an id is exact");
    const auto words = said(command);
    if (isCut(command))
        return;
    const auto again = parseCommand(QJsonDocument(words).toJson(QJsonDocument::Compact));
    const auto *same = std::get_if<Command>(&again);
    require(same, "what is accepted is accepted again");
    require(same->body.index() == command.body.index() && same->id == command.id && said(*same) == words,
            "it means the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = fuzz::view(data, size);
    const auto parsed = parseCommand(text);
    if (const auto *command = std::get_if<Command>(&parsed))
        checkAccepted(*command);
    if (const auto *error = std::get_if<CommandError>(&parsed))
        require(std::strlen(error->reason) > 0, "a refusal says why");
    if (const auto selection = parseTokenList(text))
        checkSelection(*selection);
    return 0;
}
