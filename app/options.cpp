#include "app/options.h"

#include "app/secrets.h"
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
        const auto setting = QString::fromLatin1(name);
        throw OptionError{QStringLiteral("%1: \"%2\" %3").arg(wrong.where, withoutSecrets(setting, wrong.text), why),
                          wrong.source,
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

QStringList list(const Reader &read, const char *name)
{
    QStringList entries;
    for (const auto &entry : read.text(name).split(QLatin1Char(','), Qt::SkipEmptyParts))
        entries.append(entry.trimmed());
    if (entries.size() > limits::originsMax)
        read.fail(name, QStringLiteral("has more than %1 entries").arg(limits::originsMax));
    return entries;
}

// In clear text whoever is in between could put in keys of his own, unless nobody is.
void checkKeyUrl(const Reader &read)
{
    const auto keys = read.text("auth-keys");
    if (!keys.startsWith(QLatin1String("http://")) && !keys.startsWith(QLatin1String("https://")))
        return;
    const QUrl url(keys, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        read.fail("auth-keys", QStringLiteral("is not a URL"));
    const bool isHere = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if (url.scheme() != QLatin1String("https") && !isHere)
        read.fail("auth-keys", QStringLiteral("is not safe: whoever is in between could put in keys of his own, use https"));
}

TokenConfig tokenConfig(const Reader &read, const Options &options)
{
    enum class Needed { Auto, Nobody, Everybody };
    const auto needed = read.choice<Needed>("auth", {{"auto", Needed::Auto}, {"off", Needed::Nobody}, {"required", Needed::Everybody}});
    TokenConfig config;
    config.required = needed == Needed::Auto ? !options.listen.address.isLoopback() : needed == Needed::Everybody;
    config.keys = read.text("auth-keys");
    checkKeyUrl(read);
    config.ownKeyFile = options.stateFolder + QStringLiteral("/token-key.json");
    config.issuer = read.text("auth-issuer");
    config.audience = read.text("auth-audience");
    config.revokedFile = read.text("auth-revoked");
    config.inQuery = read.flag("auth-in-query");
    return config;
}

DoorConfig doorConfig(const Reader &read)
{
    constexpr qlonglong most = 1'000'000;
    DoorConfig config;
    config.origins = list(read, "origins");
    config.hosts = list(read, "hosts");
    config.balancers = list(read, "balancers");
    config.addressConnections = int(read.integer("address-connections", 1, most));
    config.addressConnectsPerSecond = int(read.integer("address-connects", 1, most));
    config.failedLoginsPerMinute = int(read.integer("failed-logins", 1, most));
    config.unknownsMax = int(read.integer("unknown-connections", 1, most));
    config.userConnections = int(read.integer("user-connections", 1, most));
    config.capsOnLoopback = read.flag("caps-on-loopback");
    config.dryRun = read.flag("door-dry-run");
    return config;
}

TlsConfig tlsConfig(const Reader &read, const char *certificate, const char *key)
{
    TlsConfig config{read.text(certificate), read.text(key)};
    if (config.certificateFile.isEmpty() != config.keyFile.isEmpty())
        read.fail(config.keyFile.isEmpty() ? certificate : key, QStringLiteral("needs the other of the two: --%1 and --%2").arg(
            QLatin1String(certificate), QLatin1String(key)));
    return config;
}

BusSecurity busSecurity(const Reader &read, const Options &options)
{
    for (const char *name : {"nats-creds", "nats-ca", "nats-cert", "nats-key"}) {
        if (!read.text(name).isEmpty() && options.natsUrls.isEmpty())
            read.fail(name, QStringLiteral("is for a bus of yours, named with --nats: the managed one needs none"));
    }
    const auto pair = tlsConfig(read, "nats-cert", "nats-key");
    return {read.text("nats-creds"), read.text("nats-ca"), pair.certificateFile, pair.keyFile};
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
    options.auth = tokenConfig(read, options);
    options.door = doorConfig(read);
    options.tls = tlsConfig(read, "tls-cert", "tls-key");
    options.adminTls = tlsConfig(read, "admin-tls-cert", "admin-tls-key");
    options.busSecurity = busSecurity(read, options);
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
