// Settings from the environment and from files, and which of them wins.
#include "app/settingsources.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

namespace {

QString textOf(const Result<Settings> &settings, const char *name)
{
    if (!settings)
        return settings.error().text;
    const auto found = settings->find(QLatin1String(name));
    return found == settings->end() ? QStringLiteral("(not given)") : found->second.text;
}

} // namespace

class TestSettingSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreComplete()
    {
        const auto settings = defaultSettings();
        QCOMPARE(settings.size(), settingTable().size());
        QCOMPARE(settings.at(QStringLiteral("listen")).text, QStringLiteral("127.0.0.1:8080"));
        QCOMPARE(settings.at(QStringLiteral("listen")).source, SettingSource::Default);
    }

    void readsTheEnvironment()
    {
        const auto settings = fromEnvironment({{"ODIN_LOG_LEVEL", "debug"},
                                               {"ODIN_CONFIG", "x"},
                                               {"HOME", "/"},
                                               {"ODIN_NO_GUI", "1"},
                                               {"ODIN_SIMULATE", "no"}});
        QCOMPARE(textOf(settings, "log-level"), QStringLiteral("debug"));
        QCOMPARE(textOf(settings, "gui"), QStringLiteral("false"));
        QCOMPARE(textOf(settings, "simulate"), QStringLiteral("no"));
        QCOMPARE(settings->size(), 3u);
        QCOMPARE(settings->at(QStringLiteral("log-level")).where, QStringLiteral("ODIN_LOG_LEVEL"));
        QCOMPARE(settings->at(QStringLiteral("gui")).where, QStringLiteral("ODIN_NO_GUI"));
        QCOMPARE(textOf(fromEnvironment({{"ODIN_NO_SIMULATE", "0"}}), "simulate"), QStringLiteral("true"));
        QCOMPARE(textOf(fromEnvironment({{"ODIN_NO_GUI", "maybe"}}), "gui"), QStringLiteral("maybe")); // refused later
    }

    void readsValuesFromFiles()
    {
        const auto value = fileWith("nats", " nats://u:p@a:4222 \n\n").toLatin1();
        const auto settings = fromEnvironment({{"ODIN_NATS_FILE", value.constData()}, {"ODIN_NO_GUI_FILE", fileWith("gui", "yes").toLatin1().constData()},
                                               {"ODIN_TLS_KEY_FILE", "/run/key.pem"}});
        QCOMPARE(textOf(settings, "nats"), QStringLiteral("nats://u:p@a:4222"));
        QCOMPARE(textOf(settings, "gui"), QStringLiteral("false"));
        QCOMPARE(textOf(settings, "tls-key"), QStringLiteral("/run/key.pem")); // it names a file anyway
        QCOMPARE(settings->at(QStringLiteral("nats")).where, QStringLiteral("ODIN_NATS_FILE"));
    }

    void refusesValuesFromFiles()
    {
        const auto large = fileWith("large", QByteArray(65'537, 'x')).toLatin1();
        QVERIFY(textOf(fromEnvironment({{"ODIN_NATS_FILE", large.constData()}}), "").contains(QLatin1String("too large")));
        QVERIFY(textOf(fromEnvironment({{"ODIN_NATS_FILE", "/nowhere"}}), "").contains(QLatin1String("ODIN_NATS_FILE: /nowhere cannot be read")));
        QVERIFY(textOf(fromEnvironment({{"ODIN_NATS", "managed"}, {"ODIN_NATS_FILE", large.constData()}}), "").contains(QLatin1String("ODIN_NATS")));
        QVERIFY(textOf(fromEnvironment({{"ODIN_NONSENSE_FILE", "/x"}}), "").contains(QLatin1String("unknown variable ODIN_NONSENSE_FILE")));
        QVERIFY(textOf(fromEnvironment({{"ODIN_FILE", "/x"}}), "").contains(QLatin1String("unknown variable ODIN_FILE")));
    }

    void readsCredentials()
    {
        QTemporaryDir folder;
        const auto add = [&folder](const char *name, const QByteArray &content) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        };
        add("odin-nats", "nats://u:p@a\n");
        add("odin-tls-key", "a key");
        add("another-service", "secret");
        const auto settings = settingsFromCredentials(folder.path());
        QCOMPARE(textOf(settings, "nats"), QStringLiteral("nats://u:p@a"));
        QCOMPARE(textOf(settings, "tls-key"), folder.filePath(QStringLiteral("odin-tls-key")));
        QCOMPARE(settings->size(), 2u);
        add("odin-nonsense", "x");
        QVERIFY(textOf(settingsFromCredentials(folder.path()), "").contains(QLatin1String("odin-nonsense")));
        QVERIFY(settingsFromCredentials({})->empty());
    }

    void showsNoPasswords()
    {
        auto settings = defaultSettings();
        settings[QStringLiteral("nats")] = {QStringLiteral("nats://u:secret@a"), SettingSource::Flag, QStringLiteral("--nats")};
        QVERIFY(printedSettings(settings).contains(QLatin1String("nats = \"nats://u:***@a\"  # --nats")));
    }

    void refusesUnknownVariables()
    {
        for (const char *name : {"ODIN_LISTEM", "ODIN_NO_LISTEN", "ODIN_"})
            QVERIFY2(textOf(fromEnvironment({{name, "1"}}), "").contains(QLatin1String(name)), name);
    }

    void readsAFile()
    {
        const auto settings =
            fromFile("listen = \"0.0.0.0:80\" # open\nlog_level = \"debug\"\nseed = 42\n"
                     "replay-speed = 0.123456789\nno-gui = true\ntokens = [\"BTC\", \"ETH\"]\nsimulate = false\n");
        QCOMPARE(textOf(settings, "listen"), QStringLiteral("0.0.0.0:80"));
        QCOMPARE(textOf(settings, "log-level"), QStringLiteral("debug"));
        QCOMPARE(textOf(settings, "seed"), QStringLiteral("42"));
        QCOMPARE(textOf(settings, "replay-speed"), QStringLiteral("0.123456789"));
        QCOMPARE(textOf(settings, "gui"), QStringLiteral("false"));
        QCOMPARE(textOf(settings, "tokens"), QStringLiteral("BTC,ETH"));
        QCOMPARE(textOf(settings, "simulate"), QStringLiteral("false"));
        QVERIFY(settings->at(QStringLiteral("log-level")).where.contains(QLatin1String("line 2")));
    }

    void refusesFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &text, const char *says) {
            QTest::newRow(name) << text << QString::fromLatin1(says);
        };
        row("no TOML", "seed = 1\nlisten = \n", "line 2");
        row("not closed", "listen = \"x", "line 1");
        row("unknown", "seed = 1\n\nlisen = \"x\"\n", "line 3");
        row("unknown, its name", "lisen = \"x\"\n", "unknown setting \"lisen\"");
        row("a table", "[listen]\nport = 1\n", "must be a text");
        row("a list of numbers", "tokens = [1, 2]\n", "line 1");
        row("a date", "seed = 2020-01-01\n", "must be a text");
        row("twice", "seed = 1\nseed = 2\n", "line 2");
        row("no UTF-8", "seed = \"\xff\"\n", "line 1");
    }

    void refusesFiles()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, says);
        const auto settings = fromFile(text);
        QVERIFY(!settings);
        QVERIFY2(settings.error().text.contains(says), qPrintable(settings.error().text));
        QVERIFY2(settings.error().text.contains(QLatin1String("odin.toml")), qPrintable(settings.error().text));
    }

    // Found by the fuzz target: toml++ 3.3 says of these letters outside of texts that it never gets there (is_non_ascii_horizontal_whitespace
    // has no branch for them), and what a compiler makes of that is its own affair. In the library that is installed it is an error.
    void lettersOutsideOfTexts()
    {
        for (char16_t letter = 0xa1; letter <= 0x499; ++letter) {
            for (const char *text : {"seed %1\n", "seed%1 = 1\n", "%1 = 1\n", "seed = %1\n", "seed = 1 %1\n", "tokens = [%1]\n", "[%1]\n", "seed %1\xff"}) {
                const auto toml = QByteArray(text).replace("%1", QString(QChar(letter)).toUtf8());
                QVERIFY2(!settingsFromText(toml, QStringLiteral("file")), toml.constData());
            }
        }
    }

    void refusesWhatIsNoFile()
    {
        for (const auto &path : {m_folder.filePath(QStringLiteral("missing.toml")), m_folder.path()}) {
            const auto settings = settingsFromFile(path);
            QVERIFY(!settings);
            QVERIFY2(settings.error().text.contains(path), qPrintable(settings.error().text));
        }
    }

    void laterSourcesWin()
    {
        const auto file = fromFile("seed = 1\nshards = 1\nlog-level = \"debug\"\n");
        const auto variables = fromEnvironment({{"ODIN_SEED", "2"}, {"ODIN_SHARDS", "2"}});
        const auto line = parseCommandLine({QStringLiteral("--seed=3")});
        const auto all = merged(merged(merged(defaultSettings(), file.value()), variables.value()), line->settings);
        QCOMPARE(all.at(QStringLiteral("seed")).text, QStringLiteral("3"));
        QCOMPARE(all.at(QStringLiteral("shards")).text, QStringLiteral("2"));
        QCOMPARE(all.at(QStringLiteral("log-level")).text, QStringLiteral("debug"));
        QCOMPARE(all.at(QStringLiteral("admin")).text, QStringLiteral("127.0.0.1:8081"));
        QCOMPARE(all.at(QStringLiteral("shards")).source, SettingSource::Variable);
    }

    // What --print-config prints is a file that says the same.
    void printsWhatItCouldRead()
    {
        auto settings = defaultSettings();
        settings[QStringLiteral("state-dir")] = {QString::fromUtf8("C:\\odd \"path\"\t\xc3\xa9\nnext"),
                                                 SettingSource::Flag, QStringLiteral("--state-dir")};
        settings[QStringLiteral("gui")] = {QStringLiteral("false"), SettingSource::Variable,
                                           QStringLiteral("ODIN_NO_GUI")};
        const auto printed = printedSettings(settings);
        QVERIFY(printed.contains(QStringLiteral("gui = \"false\"  # ODIN_NO_GUI\n")));
        const auto read = fromFile(printed.toUtf8());
        QVERIFY2(read.ok(), qPrintable(textOf(read, "")));
        QCOMPARE(read->size(), settings.size());
        for (const auto &[name, value] : settings)
            QCOMPARE(read->at(name).text, value.text);
    }

private:
    static Result<Settings> fromEnvironment(std::initializer_list<std::pair<const char *, const char *>> variables)
    {
        QProcessEnvironment environment;
        for (const auto &[name, value] : variables)
            environment.insert(QLatin1String(name), QLatin1String(value));
        return settingsFromEnvironment(environment);
    }

    QString fileWith(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    }

    Result<Settings> fromFile(const QByteArray &text) const
    {
        const auto path = m_folder.filePath(QStringLiteral("odin.toml"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return Error{QStringLiteral("the test cannot write")};
        file.close();
        return settingsFromFile(path);
    }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestSettingSources)
#include "tst_settingsources.moc"
