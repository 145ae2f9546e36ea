// Every setting's values, good and bad.
#include "app/options.h"
#include "app/settingsources.h"
#include "core/model/limits.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

std::variant<Options, OptionError> checked(std::initializer_list<std::pair<const char *, QString>> given)
{
    auto settings = defaultSettings();
    for (const auto &[name, text] : given)
        settings[QLatin1String(name)] = {text, SettingSource::File, QStringLiteral("the file")};
    return checkedOptions(settings);
}

QString errorOf(const std::variant<Options, OptionError> &result)
{
    const auto *error = std::get_if<OptionError>(&result);
    return error ? error->text : QString();
}

Options good(const char *name, const QString &text)
{
    const auto result = checked({{name, text}});
    const auto *options = std::get_if<Options>(&result);
    if (!options)
        qWarning("%s", qPrintable(errorOf(result)));
    return options ? *options : Options();
}

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void defaultsAreGood()
    {
        const auto result = checkedOptions(defaultSettings());
        QCOMPARE(errorOf(result), QString());
        const auto &options = std::get<Options>(result);
        QVERIFY(options.gui && options.simulate && options.natsUrls.isEmpty());
        QCOMPARE(options.listen.address, QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(options.listen.port, 8080);
        QCOMPARE(options.admin.port, 8081);
        QCOMPARE(options.tokens.size(), 10u);
        QCOMPARE(options.intervalMin, 1000ms);
        QCOMPARE(options.intervalMax, 5000ms);
        QVERIFY(options.shards >= 1 && options.shards <= limits::shardsMax);
        QVERIFY(options.stateFolder.endsWith(QLatin1String("/odin-console")));
        QCOMPARE(options.logLevel, QtInfoMsg);
        QCOMPARE(options.logFormat, LogFormat::Text);
    }

    void endpoints()
    {
        QCOMPARE(good("listen", QStringLiteral("0.0.0.0:0")).listen.address, QHostAddress(QHostAddress::AnyIPv4));
        QCOMPARE(good("listen", QStringLiteral("[::1]:65535")).listen.address,
                 QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(good("listen", QStringLiteral("[::1]:65535")).listen.port, 65535);
        QCOMPARE(good("admin", QStringLiteral("localhost:81")).admin.address, QHostAddress(QHostAddress::LocalHost));
    }

    void buses()
    {
        const auto joined = good("nats", QStringLiteral("nats://a:4222,tls://u:p@b"));
        QCOMPARE(joined.natsUrls.size(), 2);
        QVERIFY(!joined.simulate); // no fake prices on a real bus by accident
        const auto asked = checked({{"nats", QStringLiteral("nats://a")}, {"simulate", QStringLiteral("yes")}});
        QVERIFY(std::get<Options>(asked).simulate);
        QVERIFY(!good("simulate", QStringLiteral("false")).simulate);
    }

    void simulations()
    {
        QCOMPARE(good("tokens", QStringLiteral("A, B ,A")).tokens, (std::vector<QByteArray>{"A", "B"}));
        QCOMPARE(good("interval", QStringLiteral("50")).intervalMin, 50ms);
        QCOMPARE(good("interval", QStringLiteral("50")).intervalMax, 50ms);
        QCOMPARE(good("interval", QStringLiteral("10-3600000")).intervalMax, limits::simulatorIntervalMsMax);
        QCOMPARE(good("seed", QStringLiteral("9223372036854775807")).seed, 9223372036854775807u);
        QCOMPARE(good("replay-speed", QStringLiteral("0")).replaySpeed, 0.0);
        QCOMPARE(good("replay-speed", QStringLiteral("1e3")).replaySpeed, 1000.0);
        QCOMPARE(good("replay", QStringLiteral("a.csv")).replayFile, QStringLiteral("a.csv"));
    }

    void words()
    {
        QVERIFY(!good("gui", QStringLiteral("No")).gui);
        QVERIFY(good("gui", QStringLiteral("1")).gui);
        QCOMPARE(good("log-level", QStringLiteral("error")).logLevel, QtCriticalMsg);
        QCOMPARE(good("log-format", QStringLiteral("json")).logFormat, LogFormat::Json);
        QCOMPARE(good("shards", QStringLiteral("8")).shards, 8);
        QCOMPARE(good("state-dir", QStringLiteral("/a/../b")).stateFolder, QStringLiteral("/b"));
        QCOMPARE(good("nats-info", QStringLiteral("x")).natsInfoFile, QStringLiteral("x"));
    }

    void webRootIsAFolderWithAPage()
    {
        const QTemporaryDir folder;
        const auto index = folder.filePath(QStringLiteral("index.html"));
        QVERIFY(errorOf(checked({{"web-root", folder.path()}})).contains(QLatin1String("index.html")));
        QVERIFY(errorOf(checked({{"web-root", index}})).contains(QLatin1String("not a folder")));
        QFile file(index);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(good("web-root", folder.path()).webRoot, folder.path());
        QCOMPARE(good("web-root", QString()).webRoot, QString());
    }

    void stateFolderFollowsXdg()
    {
        const auto before = qgetenv("XDG_STATE_HOME");
        qputenv("XDG_STATE_HOME", "/xdg");
        QCOMPARE(good("gui", QStringLiteral("1")).stateFolder, QStringLiteral("/xdg/odin-console"));
        before.isNull() ? qunsetenv("XDG_STATE_HOME") : qputenv("XDG_STATE_HOME", before);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("text");
        const auto rows = [](const char *name, std::initializer_list<const char *> texts) {
            for (const char *text : texts)
                QTest::addRow("%s=%s", name, text) << QByteArray(name) << QString::fromLatin1(text);
        };
        rows("gui", {"", "auto", "2"});
        rows("simulate", {"", "maybe"});
        for (const char *endpoint : {"listen", "admin"})
            rows(endpoint,
                 {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x",
                  "host:80", "[::1]", "http://127.0.0.1:80"});
        rows("nats",
             {"", "host:4222", "http://host:4222", "nats://", "nats://a,", "nats://a, nats://b", "nats://a:99999",
              "managed,nats://a"});
        rows("tokens", {"", "BTC,", "B C", "B/C", "a.b", "*", "THIS_NAME_HAS_ONE_CHARACTER_TOO_M"});
        rows("seed", {"", "-1", "x", "1.5", "9223372036854775808"});
        rows("interval", {"", "9", "3600001", "5000-1000", "1000-", "-1000", "1-2-3", "x", "10-x"});
        rows("replay-speed", {"", "-1", "x", "nan", "inf"});
        rows("shards", {"", "-1", "9", "x"});
        rows("auth-keys", {"http://issuer.example/keys", "http://localhost.example/keys", "http://127.0.0.1@issuer.example/keys", "http://10.0.0.1/keys", "https://",
                           "https:///keys", "https://a b/keys"});
        rows("log-level", {"", "INFO", "verbose"});
        rows("log-format", {"", "xml"});
    }

    void refuses()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QString, text);
        const auto result = checked({{name.constData(), text}});
        const auto *error = std::get_if<OptionError>(&result);
        QVERIFY(error);
        QCOMPARE(error->source, SettingSource::File);
        auto shown = text; // without what may be a password
        shown.replace(QStringLiteral("127.0.0.1@"), QStringLiteral("***@"));
        QVERIFY2(error->text.startsWith(QStringLiteral("the file: \"%1\" ").arg(shown)), qPrintable(error->text));
    }

    void refusesMoreTokensThanCanBeSimulated()
    {
        QString many = QStringLiteral("T");
        for (int i = 0; i < limits::simulatorTokensMax; ++i)
            many += QStringLiteral(",T%1").arg(i);
        QVERIFY(!errorOf(checked({{"tokens", many}})).isEmpty());
    }

    void keysForTokens()
    {
        for (const char *keys : {"", "keys.pem", "/etc/odin/keys.json", "https://issuer.example/keys.json", "http://127.0.0.1:9/keys", "http://localhost/keys", "http://[::1]/keys"})
            QCOMPARE(good("auth-keys", QString::fromLatin1(keys)).auth.keys, QString::fromLatin1(keys));
    }

    void natsInfoIsForTheManagedBus()
    {
        QVERIFY(errorOf(checked({{"nats", QStringLiteral("nats://a")}, {"nats-info", QStringLiteral("x")}}))
                    .contains(QLatin1String("managed")));
    }
};

QTEST_APPLESS_MAIN(TestOptions)
#include "tst_options.moc"
