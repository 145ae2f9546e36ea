#include "ui/models/commandlist.h"
#include "ui/models/wordmatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace odin;

class TestWordMatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void matches_data();
    void matches();
    void theBetterFitIsGreater_data();
    void theBetterFitIsGreater();
    void theBestFitIsFirst();
    void nothingTypedIsEverything();
    void aChosenCommandRuns();
};

void TestWordMatch::matches_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("does");
    const auto row = [](const char *typed, const char *text, bool does) {
        QTest::addRow("%s in %s", typed, text) << QString::fromUtf8(typed) << QString::fromUtf8(text) << does;
    };
    row("", "Log", true);
    row("", "", true);
    row("x", "", false);
    row("log", "Log", true);
    row("LOG", "log", true);
    row("expcsv", "Export as CSV…", true);
    row("exp csv", "Export as CSV…", true);
    row("csv exp", "Export as CSV…", false); // in its order only
    row("logs", "Log", false);
    row("ll", "Log", false); // one letter is not two
    row("all", "Simulate all tokens", true);
    row("ü", "GRÜN", true);
}

void TestWordMatch::matches()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, text);
    QTEST(wordMatch(typed, text).has_value(), "does");
}

void TestWordMatch::theBetterFitIsGreater_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    const auto row = [](const char *typed, const char *better, const char *worse) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(better) << QString::fromLatin1(worse);
    };
    row("log", "Log", "Load testing");
    row("lt", "Load test", "Light theme alt"); // of two pairs of word starts the shorter text
    row("the", "Dark theme", "Switch ETH on");
    row("set", "Settings", "Use fast");
    row("dash", "Dashboard View", "Dashboard of another kind");
}

void TestWordMatch::theBetterFitIsGreater()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, better);
    QFETCH(const QString, worse);
    const auto first = wordMatch(typed, better);
    const auto second = wordMatch(typed, worse);
    QVERIFY(first);
    QVERIFY2(!second || *first > *second, qPrintable(QStringLiteral("%1 > %2").arg(*first).arg(second.value_or(0))));
}

void TestWordMatch::theBestFitIsFirst()
{
    CommandList list;
    list.setCommands({{QStringLiteral("Load test"), QStringLiteral("View"), {}, {}},
                      {QStringLiteral("Log"), QStringLiteral("View"), QStringLiteral("Ctrl+8"), {}},
                      {QStringLiteral("Quit"), QStringLiteral("File"), {}, {}}});
    list.setTyped(QStringLiteral("log"));
    QCOMPARE(list.command(0)->title, QStringLiteral("Log"));
    QCOMPARE(list.index(0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Log, View, Ctrl+8"));
    list.setTyped(QStringLiteral("file")); // where it is finds it, too
    QCOMPARE(list.rowCount(), 1);
    QCOMPARE(list.command(0)->title, QStringLiteral("Quit"));
    list.setTyped(QStringLiteral("zzz"));
    QCOMPARE(list.rowCount(), 0);
    QVERIFY(!list.command(0));
}

void TestWordMatch::nothingTypedIsEverything()
{
    CommandList list;
    list.setCommands({{QStringLiteral("B"), {}, {}, {}}, {QStringLiteral("A"), {}, {}, {}}});
    list.setTyped(QStringLiteral("  "));
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.command(0)->title, QStringLiteral("B")); // as they came
}

void TestWordMatch::aChosenCommandRuns()
{
    int ran = 0;
    CommandList list;
    list.setCommands({{QStringLiteral("A"), {}, {}, [&ran] { ++ran; }}});
    list.command(0)->run();
    QCOMPARE(ran, 1);
}

QTEST_APPLESS_MAIN(TestWordMatch)
#include "tst_wordmatch.moc"
