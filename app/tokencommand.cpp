#include "app/tokencommand.h"

#include "core/model/limits.h"
#include "core/model/types.h"
#include "core/security/claims.h"
#include "core/security/keyfile.h"
#include "core/wire/buspayload.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cstdio>

namespace odin {

namespace {

struct Flag
{
    const char *name, *value, *help;
    std::optional<Error> (*take)(TokenCommand &command, const QString &value); // nothing: it was good
};

std::optional<Error> takeTtl(TokenCommand &command, const QString &value)
{
    constexpr std::array<std::pair<char, qint64>, 4> units{{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}}};
    const auto digits = value.chopped(value.isEmpty() ? 0 : 1);
    bool ok = std::ranges::all_of(
        digits, [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); }); // no sign, no space
    const auto number = ok ? digits.toLongLong(&ok) : 0;
    for (const auto &[unit, seconds] : units) {
        const qint64 most = limits::ownTokenMsMax.count() / 1000 / seconds;
        if (!ok || !value.endsWith(QLatin1Char(unit)) || number < 1 || number > most)
            continue;
        command.order.life = std::chrono::seconds(number * seconds);
        return {};
    }
    return Error{QStringLiteral("--ttl: \"%1\" is not a time like 30s, 15m, 1h or 7d, up to %2d")
                     .arg(value)
                     .arg(std::chrono::duration_cast<std::chrono::hours>(limits::ownTokenMsMax).count() / 24)};
}

std::optional<Error> takePrices(TokenCommand &command, const QString &value)
{
    command.order.prices.emplace();
    for (const auto &name : value.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto token = name.trimmed().toUtf8();
        if (token != "*" && !isValidTokenId(token))
            return Error{QStringLiteral("--prices has a name that is not 1 to 32 of A-Z a-z 0-9 _ -")};
        command.order.prices->push_back(token);
    }
    if (command.order.prices->empty())
        return Error{QStringLiteral("--prices names none")};
    return {};
}

std::optional<Error> takeRole(TokenCommand &command, const QString &value)
{
    if (value != QLatin1String("viewer") && value != QLatin1String("operator"))
        return Error{QStringLiteral("--role: \"%1\" is neither viewer nor operator").arg(value)};
    command.order.role = value == QLatin1String("operator") ? Role::Operator : Role::Viewer;
    return {};
}

template<auto member>
std::optional<Error> takeText(TokenCommand &command, const QString &value)
{
    command.order.*member = value;
    return {};
}

std::optional<Error> takeKey(TokenCommand &command, const QString &value)
{
    command.keyFile = value;
    return {};
}

constexpr std::array flags{
    Flag{"sub", "NAME", "who it is for (needed)", takeText<&TokenOrder::subject>},
    Flag{"ttl", "TIME", "how long it is good: 30s, 15m, 1h, 7d (needed)", takeTtl},
    Flag{"role", "ROLE", "viewer or operator [viewer]", takeRole},
    Flag{"prices", "A,B,...", "the only prices that may be read (default: all)", takePrices},
    Flag{"iss", "TEXT", "claim iss [--auth-issuer]", takeText<&TokenOrder::issuer>},
    Flag{"aud", "TEXT", "claim aud [--auth-audience]", takeText<&TokenOrder::audience>},
    Flag{"jti", "ID", "claim jti, by which it can be revoked (default: made at random)", takeText<&TokenOrder::id>},
    Flag{"key", "FILE", "private key or secret, PEM or JWK (default: token-key.json in the state folder)", takeKey},
};

QString tokenHelp(const QString &program)
{
    auto text =
        QStringLiteral("%1 token --sub NAME --ttl TIME [options]\nWrites a signed token to standard output.\n\n")
            .arg(program);
    for (const auto &flag : flags)
        text += QStringLiteral("  --%1 %2\n")
                    .arg(QStringLiteral("%1 %2").arg(QLatin1String(flag.name), QLatin1String(flag.value)), -16)
                    .arg(QLatin1String(flag.help));
    return text
        + QStringLiteral("\nThe gateway's own options (--state-dir, --auth-issuer, --config ...) and their variables "
                         "count here, too.\n"
                         "Exit codes: 0 made, 2 usage, 77 a file is not permitted, 78 the key cannot be used.\n");
}

const Flag *flagOf(const QString &name)
{
    const auto found = std::ranges::find_if(flags, [&](const auto &flag) { return name == QLatin1String(flag.name); });
    return found == flags.end() ? nullptr : &*found;
}

int refuse(const QString &why, int code)
{
    std::fputs(QStringLiteral("odin: %1\n").arg(why).toUtf8().constData(), stderr);
    return code;
}

void write(const QString &text) { std::fputs(text.toUtf8().constData(), stdout); }

void complete(TokenOrder &order, const TokenConfig &gateway)
{
    if (order.issuer.isEmpty())
        order.issuer = gateway.issuer;
    if (order.audience.isEmpty())
        order.audience = gateway.audience;
}

int makeToken(const TokenCommand &command, const Options &options)
{
    auto order = command.order;
    complete(order, options.auth);
    const auto claims = claimsOf(order, wallMs());
    if (!std::holds_alternative<Identity>(identityOf(claims, {order.issuer, order.audience}, wallMs())))
        return refuse(
            QStringLiteral(
                "no gateway would take this token: --sub and --jti are 1 to 256 bytes without control characters, "
                "--prices are 1000 at most"),
            exitcode::usage);
    const auto path = command.keyFile.isEmpty() ? options.auth.ownKeyFile : command.keyFile;
    if (command.keyFile.isEmpty()) {
        if (const auto made = ensureOwnKey(path); !made)
            return refuse(made.error().text, exitcode::notPermitted);
    }
    if (!QFileInfo(path).isReadable())
        return refuse(QStringLiteral("%1 cannot be read").arg(path), exitcode::notPermitted);
    const auto key = signingKeyInFile(path);
    if (!key)
        return refuse(key.error().text, exitcode::badConfig);
    const auto token = key->signedToken(claims);
    if (!token)
        return refuse(QStringLiteral("%1: %2").arg(path, token.error().text), exitcode::badConfig);
    if (token->size() > limits::tokenBytesMax)
        return refuse(QStringLiteral("the token would have %1 bytes, %2 is the most that is taken")
                          .arg(token->size())
                          .arg(limits::tokenBytesMax),
                      exitcode::usage);
    write(QString::fromLatin1(token.value()) + QLatin1Char('\n'));
    return exitcode::stopped;
}

} // namespace

Result<TokenCommand> parseTokenCommand(const QStringList &arguments)
{
    TokenCommand command;
    QStringList rest = arguments;
    while (!rest.isEmpty()) {
        const auto word = rest.takeFirst();
        if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
            command.help = true;
            continue;
        }
        const auto equals = word.indexOf(QLatin1Char('='));
        const auto *flag =
            word.startsWith(QLatin1String("--")) ? flagOf(word.mid(2, equals < 0 ? -1 : equals - 2)) : nullptr;
        if (!flag) {
            command.others.append(word);
            continue;
        }
        if (equals < 0 && rest.isEmpty())
            return Error{
                QStringLiteral("--%1 needs a value: %2").arg(QLatin1String(flag->name), QLatin1String(flag->value))};
        const auto value = equals < 0 ? rest.takeFirst() : word.mid(equals + 1);
        if (const auto wrong = flag->take(command, value))
            return *wrong;
    }
    if (!command.help && (command.order.subject.isEmpty() || command.order.life.count() == 0))
        return Error{QStringLiteral("a token needs --sub NAME and --ttl TIME: token --help lists all")};
    return command;
}

int runTokenCommand(const QStringList &arguments, const QString &program, const QString &consoleFile)
{
    const auto command = parseTokenCommand(arguments);
    if (!command)
        return refuse(command.error().text, exitcode::usage);
    if (command->help) {
        write(tokenHelp(program));
        return exitcode::stopped;
    }
    const auto started = startUp(command->others, program, consoleFile);
    if (const auto *exit = std::get_if<ExitNow>(&started))
        return exit->code;
    return makeToken(command.value(), std::get<Options>(started));
}

} // namespace odin
