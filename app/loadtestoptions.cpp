#include "app/loadtestoptions.h"

#include <QCommandLineParser>

#include <algorithm>
#include <optional>
#include <thread>

namespace odin {

namespace {

constexpr char16_t about[] = u"Simulates thousands of WebSocket clients of a gateway and measures what they get.\n"
                             "Exit codes: 0 all goals met, 1 a goal missed or the test failed, 2 wrong usage.";

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QString::fromUtf16(about));
    parser.addOptions({
        {QStringLiteral("url"), QStringLiteral("the gateway's WebSocket, like ws://127.0.0.1:8080/ws"), QStringLiteral("URL")},
        {QStringLiteral("ramp"), QStringLiteral("clients at each step [100,1000,5000]"), QStringLiteral("N,..."), QStringLiteral("100,1000,5000")},
        {QStringLiteral("hold"), QStringLiteral("length of each step, from when all are connected [30s]"), QStringLiteral("TIME"), QStringLiteral("30s")},
        {QStringLiteral("rate-limit"), QStringLiteral("connects per second [as fast as they are answered]"), QStringLiteral("N/s")},
        {QStringLiteral("token"), QStringLiteral("access token, sent as Authorization: Bearer"), QStringLiteral("T")},
        {QStringLiteral("tokens"), QStringLiteral("what to subscribe to [all]"), QStringLiteral("BTC,ETH,...")},
        {QStringLiteral("mix"), QStringLiteral("shares of behaviours in percent: normal, slow, reconnect, random, idle [normal=100]"), QStringLiteral("LIST"), QStringLiteral("normal=100")},
        {QStringLiteral("threads"), QStringLiteral("threads of the swarm [half of the cores]"), QStringLiteral("N")},
        {QStringLiteral("sources"), QStringLiteral("loopback addresses to connect from, when the gateway is on loopback [8]"), QStringLiteral("N"), QStringLiteral("8")},
        {QStringLiteral("seed"), QStringLiteral("of what is random [1]"), QStringLiteral("N"), QStringLiteral("1")},
        {QStringLiteral("slo"), QStringLiteral("goals, like p99=50ms,lost=0"), QStringLiteral("LIST")},
        {QStringLiteral("admin"), QStringLiteral("the gateway's admin port, for its CPU and memory"), QStringLiteral("URL")},
        {QStringLiteral("report"), QStringLiteral("write everything that was measured as JSON"), QStringLiteral("FILE.json")},
        {QStringLiteral("html"), QStringLiteral("write a page with charts, for people"), QStringLiteral("FILE.html")},
        {QStringLiteral("progress"), QStringLiteral("bar: for people, json: one object a line on standard output, the last with the report [bar]"), QStringLiteral("bar|json")},
        {QStringLiteral("version"), QStringLiteral("say the version")},
        {QStringLiteral("help"), QStringLiteral("say this")},
    });
}

std::optional<int> whole(const QString &text, int least, int most)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    return isNumber && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

Result<std::vector<int>> rampOf(const QString &text)
{
    std::vector<int> ramp;
    for (const auto &step : text.split(QLatin1Char(','))) {
        const auto clients = whole(step, 1, swarm::clientsMax);
        if (!clients || (!ramp.empty() && *clients <= ramp.back()))
            return Error{QStringLiteral("--ramp: \"%1\" is not a rising list of numbers from 1 to %2").arg(text).arg(swarm::clientsMax)};
        ramp.push_back(*clients);
    }
    return ramp;
}

Result<std::chrono::milliseconds> timeOf(QString text)
{
    const double factor = text.endsWith(QLatin1String("ms")) ? 1 : text.endsWith(QLatin1Char('m')) ? 60'000 : 1'000;
    const auto number = QString(text).remove(QLatin1Char('m')).remove(QLatin1Char('s'));
    bool isNumber = false;
    const double value = number.toDouble(&isNumber) * factor;
    if (!isNumber || value < 1 || value > 86'400'000)
        return Error{QStringLiteral("--hold: \"%1\" is not a time like 500ms, 30s or 10m, of at most a day").arg(text)};
    return std::chrono::milliseconds(qint64(value));
}

Result<double> rateOf(QString text)
{
    if (text.endsWith(QLatin1String("/s")))
        text.chop(2);
    bool isNumber = false;
    const double rate = text.toDouble(&isNumber);
    if (!isNumber || rate <= 0)
        return Error{QStringLiteral("--rate-limit: \"%1\" is not a number of connects per second").arg(text)};
    return rate;
}

Result<QByteArray> tokensOf(const QString &text)
{
    QByteArray json = "[";
    for (const auto &token : text.split(QLatin1Char(','))) {
        const bool isValid = !token.isEmpty() && std::all_of(token.begin(), token.end(), [](QChar c) {
            return c.unicode() < 128 && (c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-'));
        });
        if (!isValid)
            return Error{QStringLiteral("--tokens: \"%1\" is not a token").arg(token)};
        json += (json.size() > 1 ? ",\"" : "\"") + token.toLatin1() + '"';
    }
    return QByteArray(json + ']');
}

Result<ProgressFor> progressFor(const QString &text)
{
    if (text == QLatin1String("bar") || text == QLatin1String("json"))
        return text == QLatin1String("json") ? ProgressFor::Programs : ProgressFor::People;
    return Error{QStringLiteral("--progress: there is no \"%1\"; there are bar and json").arg(text)};
}

// Puts a value that was given where it belongs, or gives the error.
template<class T, class Parse>
std::optional<Error> take(const QCommandLineParser &parser, const QString &name, T &place, Parse parse)
{
    if (parser.value(name).isNull())
        return {};
    auto result = parse(parser.value(name));
    if (!result)
        return result.error();
    place = std::move(result.value());
    return {};
}

std::optional<Error> takeNumber(const QCommandLineParser &parser, const QString &name, int &place, int least, int most)
{
    return take(parser, name, place, [&](const QString &text) -> Result<int> {
        if (const auto value = whole(text, least, most))
            return *value;
        return Error{QStringLiteral("--%1: \"%2\" is not a number from %3 to %4").arg(name, text).arg(least).arg(most)};
    });
}

std::optional<Error> takeAll(const QCommandLineParser &parser, LoadTestOptions &options)
{
    auto &plan = options.plan;
    int seed = 1;
    plan.threads = std::max(1, int(std::thread::hardware_concurrency()) / 2);
    for (const auto &error : {take(parser, QStringLiteral("url"), plan.target, swarm::targetOf),
                              take(parser, QStringLiteral("ramp"), plan.ramp, rampOf),
                              take(parser, QStringLiteral("hold"), plan.hold, timeOf),
                              take(parser, QStringLiteral("rate-limit"), plan.connectsPerSecond, rateOf),
                              take(parser, QStringLiteral("tokens"), plan.tokens, tokensOf),
                              take(parser, QStringLiteral("mix"), plan.mix, swarm::mixOf),
                              take(parser, QStringLiteral("slo"), options.goals, swarm::goalsOf),
                              take(parser, QStringLiteral("progress"), options.progress, progressFor),
                              takeNumber(parser, QStringLiteral("threads"), plan.threads, 1, 64),
                              takeNumber(parser, QStringLiteral("sources"), plan.sources, 1, 250),
                              takeNumber(parser, QStringLiteral("seed"), seed, 0, std::numeric_limits<int>::max())}) {
        if (error)
            return error;
    }
    plan.seed = std::uint32_t(seed);
    plan.target.token = parser.value(QStringLiteral("token")).toUtf8();
    return {};
}

} // namespace

std::variant<LoadTestOptions, LoadTestText, Error> loadTestOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return Error{parser.errorText()};
    if (parser.isSet(QStringLiteral("help")))
        return LoadTestText{parser.helpText()};
    if (parser.isSet(QStringLiteral("version")))
        return LoadTestText{QStringLiteral("odin-loadtest " ODIN_VERSION "\n")};
    if (!parser.isSet(QStringLiteral("url")) || !parser.positionalArguments().isEmpty())
        return Error{QStringLiteral("--url is needed, like --url ws://127.0.0.1:8080/ws, and options only; see --help")};
    LoadTestOptions options;
    if (const auto error = takeAll(parser, options))
        return *error;
    options.url = parser.value(QStringLiteral("url"));
    options.reportFile = parser.value(QStringLiteral("report"));
    options.htmlFile = parser.value(QStringLiteral("html"));
    options.admin = QUrl(parser.value(QStringLiteral("admin")));
    return options;
}

} // namespace odin
