// The command line and what --help says of it.
#include "app/settingsources.h"

#include <QTest>

using namespace odin;

namespace {

QString valueOf(const CommandLine &line, const char *name)
{
    const auto found = line.settings.find(QLatin1String(name));
    return found == line.settings.end() ? QStringLiteral("(not given)") : found->second.text;
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesValuesBothWays()
    {
        const auto line =
            parseCommandLine({QStringLiteral("--listen"), QStringLiteral("127.0.0.1:1"), QStringLiteral("--seed=7"),
                              QStringLiteral("--tokens="), QStringLiteral("--config"), QStringLiteral("a.toml")});
        QVERIFY(line.ok());
        QCOMPARE(valueOf(line.value(), "listen"), QStringLiteral("127.0.0.1:1"));
        QCOMPARE(valueOf(line.value(), "seed"), QStringLiteral("7"));
        QCOMPARE(valueOf(line.value(), "tokens"), QString());
        QCOMPARE(valueOf(line.value(), "admin"), QStringLiteral("(not given)"));
        QCOMPARE(line->configFile, QStringLiteral("a.toml"));
        const auto &seed = line->settings.at(QStringLiteral("seed"));
        QCOMPARE(seed.source, SettingSource::Flag);
        QCOMPARE(seed.where, QStringLiteral("--seed"));
    }

    void switches()
    {
        const auto line = parseCommandLine({QStringLiteral("--no-gui"), QStringLiteral("--simulate")});
        QVERIFY(line.ok());
        QCOMPARE(valueOf(line.value(), "gui"), QStringLiteral("false"));
        QCOMPARE(valueOf(line.value(), "simulate"), QStringLiteral("true"));
        const auto again = parseCommandLine({QStringLiteral("--simulate"), QStringLiteral("--no-simulate")});
        QCOMPARE(valueOf(again.value(), "simulate"), QStringLiteral("false")); // the last one counts
    }

    void actions()
    {
        const auto line = parseCommandLine({QStringLiteral("--help"), QStringLiteral("--version"),
                                            QStringLiteral("--print-config"), QStringLiteral("--check-config")});
        QVERIFY(line.ok());
        QVERIFY(line->help && line->version && line->printConfig && line->checkConfig);
        QVERIFY(parseCommandLine({QStringLiteral("-h")})->help);
        QVERIFY(parseCommandLine({}).ok());
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *arguments, const char *says) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                                     << QString::fromLatin1(says);
        };
        row("--lisen 1", "unknown option --lisen");
        row("--no-listen", "unknown option --no-listen");
        row("--no-no-gui", "unknown option --no-no-gui");
        row("--no-", "unknown option --no-");
        row("--", "unknown option --");
        row("--=1", "unknown option --");
        row("--LISTEN 1", "unknown option --LISTEN");
        row("--gui=true", "--gui takes no value");
        row("--no-gui=1", "--no-gui takes no value");
        row("--listen", "--listen needs a value: HOST:PORT");
        row("--config", "--config needs a value");
        row("listen", "unexpected argument \"listen\"");
        row("-v", "unexpected argument \"-v\"");
    }

    void refuses()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, says);
        const auto line = parseCommandLine(arguments);
        QVERIFY(!line);
        QVERIFY2(line.error().text.contains(says), qPrintable(line.error().text));
    }

    void helpMentionsEverything()
    {
        const auto help = helpText(QStringLiteral("odin-console"));
        QVERIFY(help.startsWith(QLatin1String("odin-console ")));
        for (const auto &info : settingTable()) {
            QVERIFY2(help.contains(QStringLiteral("--%1").arg(QLatin1String(info.name)))
                         || help.contains(QStringLiteral("--[no-]%1").arg(QLatin1String(info.name))),
                     info.name);
            QVERIFY2(help.contains(QLatin1String(info.help)), info.name);
        }
        for (const char *word :
             {"--config", "--print-config", "--check-config", "--version", "ODIN_LOG_LEVEL", "69", "77", "78"})
            QVERIFY2(help.contains(QLatin1String(word)), word);
    }
};

QTEST_APPLESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
