// What a client sends: text -> checked command. Pure functions; any thread.
#pragma once

#include "core/model/pace.h"
#include "core/model/types.h"

#include <QByteArrayView>
#include <QJsonValue>

#include <optional>
#include <set>
#include <variant>
#include <vector>

namespace odin {

/// Error codes of the contract.
enum class ErrorCode {
    Internal = 100,
    Unauthorized = 101,
    TokenIdNotValid = 102,
    PermissionDenied = 103,
    UnknownCommand = 104,
    LimitExceeded = 106,
    BadRequest = 107,
    TokenExpired = 109,
    TooManyRequests = 111,
    CannotResume = 112,
};

/// Set of channels.
class Channels
{
public:
    constexpr Channels() = default;
    constexpr Channels(Channel channel) { add(channel); }
    constexpr void add(Channel channel) { m_bits |= quint8(1u << unsigned(channel)); }
    constexpr bool has(Channel channel) const { return m_bits & (1u << unsigned(channel)); }
    auto operator<=>(const Channels &) const = default;

private:
    quint8 m_bits = 0;
};

/// Tokens by name, or all of them.
struct TokenSelection
{
    bool all = false;
    std::set<QByteArray> tokens; ///< empty when all
    auto operator<=>(const TokenSelection &) const = default;
};

/// Where a client that was connected before wants to go on.
struct ResumePosition
{
    QByteArray epoch;
    Seq seq = 0; ///< the highest that it has seen
};

struct SubscribeCommand
{
    TokenSelection selection;
    Channels channels;
    std::optional<Pace> pace; ///< of the whole session; not said: as it is
    std::optional<ResumePosition> resume;
};

struct UnsubscribeCommand
{
    TokenSelection selection;
};

struct HistoryCommand
{
    QByteArray token;
    int limit = 0;      ///< 1 to limits::historyUpdatesMax
    qint64 sinceMs = 0; ///< only updates of this time or later, publishers' clock
};

struct PingCommand
{
    QJsonValue clientTime; ///< echoed as it came; undefined when the client sent none
};

/// Who the client is, first or anew.
struct AuthCommand
{
    QByteArray token; ///< as it came, at most limits::tokenBytesMax + 1: not checked yet
};

struct Command
{
    std::optional<qint64> id;
    std::variant<SubscribeCommand, UnsubscribeCommand, HistoryCommand, PingCommand, AuthCommand> body;
};

/// Why a command is refused: becomes an `error` message. Never quotes what the client sent.
struct CommandError
{
    std::optional<qint64> id;
    ErrorCode code = ErrorCode::BadRequest;
    const char *reason = "";
};

std::variant<Command, CommandError> parseCommand(QByteArrayView text);

/// `?tokens=BTC,ETH` or `*` of the request target; nullopt when a name in it is not valid or there are too many.
std::optional<TokenSelection> parseTokenList(QByteArrayView commaSeparated);

} // namespace odin
