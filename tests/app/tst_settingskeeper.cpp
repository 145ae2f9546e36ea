// What an operator changes in the console: checked as the command line is, kept in a file, under file, variables and
// flags.
#include "app/settingskeeper.h"
#include "app/settingsources.h"
#include "app/startup.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

class TestSettingsKeeper : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000; // ms

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const char *name : {"ODIN_CONFIG", "ODIN_SEED", "ODIN_LISTEN", "ODIN_NATS"})
            qunsetenv(name);
    }

    void theFileIsUnderEverythingElse()
    {
        writeFile("seed = 1\nshards = 1\ninterval = \"7000\"\nlog-level = \"warning\"\n");
        const auto given = written("odin.toml", "shards = 2\ninterval = \"6000\"\nseed = 2\n");
        qputenv("ODIN_SEED", "3");
        const auto options = started({QStringLiteral("--config"), given, QStringLiteral("--interval=5000")});
        QCOMPARE(options.logLevel, QtWarningMsg);
        QCOMPARE(options.shards, 2);
        QCOMPARE(options.seed, 3u);
        QCOMPARE(options.intervalMin.count(), 5000);
        QVERIFY(options.consoleProblem.isEmpty());
        qunsetenv("ODIN_SEED");
    }

    void aProgramWithoutSuchAFileReadsNone()
    {
        writeFile("seed = 5\n");
        const auto result = startUp({}, QStringLiteral("odin-gateway"));
        QCOMPARE(std::get<Options>(result).seed, 1u);
    }

    void aFileThatCannotBeReadStopsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("no TOML") << QByteArray("seed = 2\nlisten = \n") << QStringLiteral("line 2, column");
        QTest::newRow("unknown") << QByteArray("seed = 2\n\nlisen = \"x\"\n") << QStringLiteral("line 3, column");
        QTest::newRow("wrong value") << QByteArray("shards = 99\nseed = 2\n") << QStringLiteral("line 1, column");
    }

    void aFileThatCannotBeReadStopsNothing()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, says);
        writeFile(text);
        const auto options = started({});
        QVERIFY2(options.consoleProblem.contains(says), qPrintable(options.consoleProblem));
        QVERIFY(options.consoleProblem.contains(path()));
        QCOMPARE(options.listen.port, 8080);
        QCOMPARE(options.seed, text.startsWith("shards") ? 2u : 1u); // what is good beside a wrong value is in force
    }

    void whatContradictsAFlagIsLeftOut()
    {
        writeFile("nats-info = \"x\"\nseed = 4\n");
        const auto options = started({QStringLiteral("--nats=nats://a:4222")});
        QCOMPARE(options.natsUrls.size(), 1);
        QCOMPARE(options.natsInfoFile, QString());
        QCOMPARE(options.seed, 4u);
        QVERIFY(options.consoleProblem.contains(QLatin1String("managed bus only")));
    }

    void keepsAChangeForTheNextStart()
    {
        {
            SettingsKeeper keeper(started({}));
            QVERIFY(keeper.change(QStringLiteral("seed"), QStringLiteral("42")).ok());
            const auto row = rowOf(keeper, "seed");
            QCOMPARE(row.value, QStringLiteral("1"));
            QCOMPARE(row.upcoming.value_or(QString()), QStringLiteral("42"));
            QVERIFY(row.isKept);
        } // waits for the file
        QCOMPARE(QFile(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const auto options = started({});
        QCOMPARE(options.seed, 42u);
        {
            SettingsKeeper keeper(options);
            QCOMPARE(rowOf(keeper, "seed").source, QStringLiteral("console"));
            QVERIFY(keeper.change(QStringLiteral("seed"), {}).ok());
            QCOMPARE(rowOf(keeper, "seed").upcoming.value_or(QString()), QStringLiteral("1"));
        }
        QCOMPARE(started({}).seed, 1u);
    }

    void checksAsTheCommandLineDoes()
    {
        SettingsKeeper keeper(started({}));
        for (const auto &[name, value] :
             {std::pair{"shards", "99"}, {"listen", "nowhere"}, {"log-level", "loud"}, {"nope", "1"}}) {
            const auto changed = keeper.change(QLatin1String(name), QLatin1String(value));
            QVERIFY2(!changed, name);
            QVERIFY2(changed.error().text.contains(QLatin1String(name)), qPrintable(changed.error().text));
        }
        QVERIFY(!rowOf(keeper, "shards").isKept);
        QVERIFY(!QFile::exists(path()));
    }

    void whatAFlagVariableOrFileSaysIsLocked()
    {
        qputenv("ODIN_SEED", "3");
        const auto given = written("odin.toml", "shards = 2\n");
        SettingsKeeper keeper(started({QStringLiteral("--config"), given, QStringLiteral("--interval=5000")}));
        qunsetenv("ODIN_SEED");
        QVERIFY(rowOf(keeper, "interval").lockedBy.contains(QLatin1String("--interval")));
        QVERIFY(rowOf(keeper, "seed").lockedBy.contains(QLatin1String("ODIN_SEED")));
        QVERIFY(rowOf(keeper, "shards").lockedBy.contains(QLatin1String("odin.toml, line 1")));
        QVERIFY(!rowOf(keeper, "gui").lockedBy.isEmpty());
        QVERIFY(rowOf(keeper, "listen").lockedBy.isEmpty());
        for (const char *name : {"interval", "seed", "shards", "gui"})
            QVERIFY2(!keeper.change(QLatin1String(name), QStringLiteral("1")), name);
    }

    void theLogChangesAtOnce()
    {
        SettingsKeeper keeper(started({}));
        QVERIFY(!lcApp().isDebugEnabled());
        QVERIFY(keeper.change(QStringLiteral("log-level"), QStringLiteral("debug")).ok());
        QVERIFY(lcApp().isDebugEnabled());
        const auto row = rowOf(keeper, "log-level");
        QCOMPARE(row.value, QStringLiteral("debug"));
        QVERIFY(!row.upcoming && row.effect == SettingEffect::AtOnce);
        QVERIFY(keeper.change(QStringLiteral("log-level"), {}).ok());
        QVERIFY(!lcApp().isDebugEnabled());
    }

    void hidesPasswords()
    {
        SettingsKeeper keeper(started({QStringLiteral("--nats=nats://user:secret@a:4222,nats://token@b:4222")}));
        const auto shown = rowOf(keeper, "nats").value;
        QVERIFY2(!shown.contains(QLatin1String("secret")) && !shown.contains(QLatin1String("token")),
                 qPrintable(shown));
        QVERIFY(shown.contains(QLatin1String("a:4222")) && shown.contains(QLatin1String("b:4222")));
        SettingsKeeper open(started({}));
        QVERIFY(!open.change(QStringLiteral("nats"), QStringLiteral("nats://user:***@a:4222")));
    }

    void twoConsolesDoNotUndoEachOther()
    {
        {
            SettingsKeeper first(started({}));
            SettingsKeeper second(started({}));
            QVERIFY(first.change(QStringLiteral("seed"), QStringLiteral("6")).ok());
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path()), patience);
            QVERIFY(second.change(QStringLiteral("shards"), QStringLiteral("3")).ok());
        }
        const auto options = started({});
        QCOMPARE(options.seed, 6u);
        QCOMPARE(options.shards, 3);
    }

    void whatCannotBeReadIsSetAsideBeforeItIsReplaced()
    {
        writeFile("# mine\nlisten = \n");
        {
            SettingsKeeper keeper(started({}));
            QVERIFY(keeper.listing()->problem.contains(QLatin1String("line 2")));
            QVERIFY(keeper.change(QStringLiteral("seed"), QStringLiteral("8")).ok());
            QTRY_VERIFY_WITH_TIMEOUT(keeper.listing()->problem.isEmpty(), patience);
        }
        QFile aside(path() + QStringLiteral(".unreadable"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), QByteArray("# mine\nlisten = \n"));
        QCOMPARE(started({}).seed, 8u);
    }

    void saysWhenTheFileCannotBeWritten()
    {
        auto options = started({});
        options.consoleFile = QStringLiteral("/proc/nowhere/settings.toml");
        SettingsKeeper keeper(options);
        QVERIFY(keeper.change(QStringLiteral("seed"), QStringLiteral("9")).ok());
        QTRY_VERIFY_WITH_TIMEOUT(keeper.listing()->problem.contains(QLatin1String("was not written")), patience);
        QCOMPARE(rowOf(keeper, "seed").upcoming.value_or(QString()), QStringLiteral("9"));
    }

    void everyChoiceIsGood()
    {
        for (const auto &info : settingTable()) {
            for (const auto &word : QString::fromLatin1(info.choices).split(QLatin1Char('|'), Qt::SkipEmptyParts)) {
                auto settings = defaultSettings();
                settings[QLatin1String(info.name)] = {word, SettingSource::Console, QLatin1String(info.name)};
                QVERIFY2(std::holds_alternative<Options>(checkedOptions(settings)), info.name);
            }
        }
    }

private:
    QString path() const { return m_folder->filePath(QStringLiteral("settings.toml")); }

    QString written(const char *name, const QByteArray &text) const
    {
        const auto file = m_folder->filePath(QLatin1String(name));
        QFile out(file);
        return out.open(QIODevice::WriteOnly) && out.write(text) == text.size() ? file : QString();
    }
    void writeFile(const QByteArray &text) const { QVERIFY(!written("settings.toml", text).isEmpty()); }

    Options started(const QStringList &arguments) const
    {
        const auto result = startUp(arguments, QStringLiteral("odin-console"), path());
        const auto *options = std::get_if<Options>(&result);
        return options ? *options : Options();
    }

    static SettingRow rowOf(const SettingsKeeper &keeper, const char *name)
    {
        for (const auto &row : keeper.listing()->rows) {
            if (row.name == QLatin1String(name))
                return row;
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSettingsKeeper)
#include "tst_settingskeeper.moc"
