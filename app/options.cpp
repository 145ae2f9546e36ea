#include "app/options.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QDir>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <thread>

namespace odin {

namespace {

// Reads typed values; throws OptionError (inside this file only) at the first wrong one.
class Reader
{
public:
    explicit Reader(const Settings &settings) : m_settings(settings) {}

    QString text(const char *name) const { return value(name).text; }

    [[noreturn]] void fail(const char *name, const QString &why) const
    {
        const auto &wrong = value(name);
        throw OptionError{QStringLiteral("%1: \"%2\" %3").arg(wrong.where, wrong.text, why), wrong.source,
                          QString::fromLatin1(name)};
    }

    bool flag(const char *name) const
    {
        if (const auto truth = truthOf(text(name)))
            return *truth;
        fail(name, QStringLiteral("is neither true nor false"));
    }

    qlonglong integer(const char *name, qlonglong min, qlonglong max) const
    {
        bool ok = false;
        const auto number = text(name).toLongLong(&ok);
        if (!ok || number < min || number > max)
            fail(name, QStringLiteral("is not a number from %1 to %2").arg(min).arg(max));
        return number;
    }

    template<class T>
    T choice(const char *name, std::initializer_list<std::pair<const char *, T>> words) const
    {
        for (const auto &[word, meaning] : words) {
            if (text(name) == QLatin1String(word))
                return meaning;
        }
        fail(name, QStringLiteral("is not one of the words --help names"));
    }

    Endpoint endpoint(const char *name) const
    {
        const auto whole = text(name);
        const auto colon = whole.lastIndexOf(QLatin1Char(':'));
        auto host = whole.left(colon);
        if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
            host = host.mid(1, host.size() - 2);
        bool ok = false;
        const auto port = whole.mid(colon + 1).toUShort(&ok);
        const QHostAddress address(host == QLatin1String("localhost") ? QStringLiteral("127.0.0.1") : host);
        if (colon < 0 || !ok || address.isNull())
            fail(name, QStringLiteral("is not an address and a port, for example 127.0.0.1:8080 or [::1]:8080"));
        return {address, port};
    }

private:
    const SettingValue &value(const char *name) const { return m_settings.at(QLatin1String(name)); }

    const Settings &m_settings;
};

QStringList natsUrls(const Reader &read)
{
    if (read.text("nats") == QLatin1String("managed"))
        return {};
    const auto urls = read.text("nats").split(QLatin1Char(','));
    for (const auto &url : urls) {
        const QUrl parsed(url, QUrl::StrictMode);
        const bool known = parsed.scheme() == QLatin1String("nats") || parsed.scheme() == QLatin1String("tls");
        if (!parsed.isValid() || !known || parsed.host().isEmpty())
            read.fail("nats", QStringLiteral("is neither \"managed\" nor a list like nats://host:4222,nats://other:4222"));
    }
    return urls;
}

std::vector<QByteArray> tokens(const Reader &read)
{
    std::vector<QByteArray> list;
    for (const auto &name : read.text("tokens").split(QLatin1Char(','))) {
        const auto token = name.trimmed().toUtf8();
        if (!isValidTokenId(token))
            read.fail("tokens", QStringLiteral("has a name that is not 1 to 32 of A-Z a-z 0-9 _ -"));
        if (std::find(list.begin(), list.end(), token) == list.end())
            list.push_back(token);
    }
    if (list.size() > std::size_t(limits::simulatorTokensMax))
        read.fail("tokens", QStringLiteral("has more than %1 names").arg(limits::simulatorTokensMax));
    return list;
}

void readInterval(const Reader &read, Options &options)
{
    const auto parts = read.text("interval").split(QLatin1Char('-'));
    bool okMin = false, okMax = false;
    options.intervalMin = std::chrono::milliseconds(parts.first().toInt(&okMin));
    options.intervalMax = std::chrono::milliseconds(parts.last().toInt(&okMax));
    if (parts.size() > 2 || !okMin || !okMax || options.intervalMin < limits::simulatorIntervalMsMin
        || options.intervalMax > limits::simulatorIntervalMsMax || options.intervalMin > options.intervalMax)
        read.fail("interval", QStringLiteral("is not a time like 50 or a range like 1000-5000, from 10 to 3600000 ms"));
}

double replaySpeed(const Reader &read)
{
    bool ok = false;
    const double speed = read.text("replay-speed").toDouble(&ok);
    if (!ok || !std::isfinite(speed) || speed < 0)
        read.fail("replay-speed", QStringLiteral("is not a factor of 0 or more"));
    return speed;
}

int shards(const Reader &read)
{
    const auto asked = int(read.integer("shards", 0, limits::shardsMax));
    const auto cores = int(std::thread::hardware_concurrency());
    return asked > 0 ? asked : std::clamp(cores - 1, 1, limits::shardsMax);
}

QString stateFolder(const Reader &read)
{
    if (!read.text("state-dir").isEmpty())
        return QDir(read.text("state-dir")).absolutePath();
    const auto xdg = qEnvironmentVariable("XDG_STATE_HOME");
    const auto base = xdg.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : xdg;
    return base + QStringLiteral("/odin-console");
}

QString webRoot(const Reader &read)
{
    const auto folder = read.text("web-root");
    if (folder.isEmpty())
        return {};
    const QDir root(folder);
    if (!root.exists(QStringLiteral("index.html")))
        read.fail("web-root", QStringLiteral("is not a folder with an index.html: npm run build in webclient makes one"));
    return root.absolutePath();
}

Options read(const Reader &read)
{
    Options options;
    options.gui = read.flag("gui");
    options.listen = read.endpoint("listen");
    options.admin = read.endpoint("admin");
    options.natsUrls = natsUrls(read);
    // Nobody ever publishes fake prices on a real bus by accident.
    options.simulate = read.text("simulate") == QLatin1String("auto") ? options.natsUrls.isEmpty() : read.flag("simulate");
    options.tokens = tokens(read);
    options.seed = quint64(read.integer("seed", 0, std::numeric_limits<qlonglong>::max()));
    readInterval(read, options);
    options.replayFile = read.text("replay");
    options.replaySpeed = replaySpeed(read);
    options.shards = shards(read);
    options.stateFolder = stateFolder(read);
    options.natsInfoFile = read.text("nats-info");
    if (!options.natsInfoFile.isEmpty() && !options.natsUrls.isEmpty())
        read.fail("nats-info", QStringLiteral("is for the managed bus only: with --nats you have its URL already"));
    options.webRoot = webRoot(read);
    options.logLevel = read.choice<QtMsgType>("log-level", {{"debug", QtDebugMsg}, {"info", QtInfoMsg},
                                                            {"warning", QtWarningMsg}, {"error", QtCriticalMsg}});
    options.logFormat = read.choice<LogFormat>("log-format", {{"text", LogFormat::Text}, {"json", LogFormat::Json}});
    return options;
}

} // namespace

std::variant<Options, OptionError> checkedOptions(const Settings &settings)
{
    try {
        auto options = read(Reader(settings));
        options.settings = settings;
        return options;
    } catch (const OptionError &error) {
        return error;
    }
}

} // namespace odin
