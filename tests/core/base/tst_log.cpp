// Log: what a line looks like, that no text can forge one, which levels pass, and the tail.
#include "core/base/log.h"

#include "core/base/logformat.h"
#include "core/model/limits.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace odin;

Q_LOGGING_CATEGORY(lcQtLike, "qt.test.something")

class TestLog : public QObject
{
    Q_OBJECT

    /// What `write` sends to standard error.
    template<class F>
    static QList<QByteArray> linesOf(QtMsgType level, LogFormat format, F write)
    {
        QTemporaryFile file;
        if (!file.open())
            qFatal("No temporary file");
        const QtMessageHandler before = qInstallMessageHandler(nullptr);
        const int standardError = ::dup(STDERR_FILENO);
        ::dup2(file.handle(), STDERR_FILENO);
        installLog(level, format);
        write();
        ::dup2(standardError, STDERR_FILENO);
        ::close(standardError);
        qInstallMessageHandler(before);
        file.seek(0);
        auto lines = file.readAll().split('\n');
        lines.removeLast(); // behind the last end of line
        return lines;
    }

    static LogEntry entry(QtMsgType level, const QByteArray &category, const QString &text)
    {
        const QDateTime time(QDate(2026, 1, 31), QTime(12, 0, 0, 123));
        return {time.toMSecsSinceEpoch(), level, category, text};
    }

private Q_SLOTS:
    void textLinesHaveColumns()
    {
        QCOMPARE(textLine(entry(QtInfoMsg, "odin.feed", QStringLiteral("message"))),
                 "2026-01-31 12:00:00.123 info  feed  message");
        QCOMPARE(textLine(entry(QtWarningMsg, "odin.broker", QStringLiteral("gr\u00fcn"))),
                 "2026-01-31 12:00:00.123 warn  broker gr\xc3\xbcn");
        QCOMPARE(textLine(entry(QtCriticalMsg, "qt.network.ssl", QString())),
                 "2026-01-31 12:00:00.123 error qt.network.ssl ");
        QCOMPARE(textLine(entry(QtDebugMsg, "odin.app", QStringLiteral("x"))),
                 "2026-01-31 12:00:00.123 debug app   x");
    }

    void journalLinesHaveAPriority()
    {
        QVERIFY(journalLine(entry(QtDebugMsg, "odin.app", {})).startsWith("<7>2026-"));
        QVERIFY(journalLine(entry(QtInfoMsg, "odin.app", {})).startsWith("<6>2026-"));
        QVERIFY(journalLine(entry(QtWarningMsg, "odin.app", {})).startsWith("<4>2026-"));
        QVERIFY(journalLine(entry(QtCriticalMsg, "odin.app", {})).startsWith("<3>2026-"));
        QVERIFY(journalLine(entry(QtFatalMsg, "odin.app", {})).startsWith("<2>2026-"));
    }

    void jsonLinesAreObjects()
    {
        LogEntry said = entry(QtWarningMsg, "odin.hub", QStringLiteral("a \"quoted\" \\ word"));
        said.timestampMs = 1'769'860'800'123;
        const QByteArray line = jsonLine(said);
        QVERIFY(!line.contains('\n'));
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object.size(), 4);
        QCOMPARE(object[u"ts"].toString(), QStringLiteral("2026-01-31T12:00:00.123Z"));
        QCOMPARE(object[u"level"].toString(), QStringLiteral("warning"));
        QCOMPARE(object[u"category"].toString(), QStringLiteral("odin.hub"));
        QCOMPARE(object[u"message"].toString(), said.text);
    }

    void escapesWhatCouldForgeALine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << QStringLiteral("BTC 1.5 \u20ac") << QStringLiteral("BTC 1.5 \u20ac");
        QTest::newRow("emoji") << QStringLiteral("\U0001F680") << QStringLiteral("\U0001F680");
        QTest::newRow("line ends") << QStringLiteral("a\r\nb\tc") << QStringLiteral("a\\r\\nb\\tc");
        QTest::newRow("terminal") << QStringLiteral("\x1b[2J") << QStringLiteral("\\u001b[2J");
        QTest::newRow("null") << QString(QChar(0)) << QStringLiteral("\\u0000");
        QTest::newRow("delete") << QStringLiteral("\x7f") << QStringLiteral("\\u007f");
        QTest::newRow("C1") << QString(QChar(0x9b)) << QStringLiteral("\\u009b");
        QTest::newRow("line separator") << QString(QChar(0x2028)) << QStringLiteral("\\u2028");
        QTest::newRow("half a character") << QString(QChar(0xd800)) << QStringLiteral("?");
        QTest::newRow("right to left") << QString(QChar(0x202e)) << QStringLiteral("\\u202e");
    }

    void escapesWhatCouldForgeALine()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(printable(text), expected);
    }

    void cutsLongTexts()
    {
        QCOMPARE(printable(QString(1000, u'x')).size(), 1000);
        for (const QString &text : {QString(1001, u'x'), QString(5'000'000, u'\n')}) {
            const QString cut = printable(text);
            QVERIFY(cut.size() <= limits::logLineCharsMax);
            QVERIFY(cut.endsWith(QChar(0x2026)));
        }
    }

    void noLineIsLongerThanAPipeTakesAtOnce()
    {
        for (const QChar c : {QChar(u'"'), QChar(u'\\'), QChar(0x20ac), QChar(0xd800), QChar(0xdc00), QChar(0x1b)}) {
            const auto longest = entry(QtInfoMsg, "odin.feed", printable(QString(2000, c)));
            QVERIFY(jsonLine(longest).size() < 4000);
            QVERIFY(journalLine(longest).size() < 4000);
        }
    }

    void aHostileTextStaysOnItsLine()
    {
        const QString hostile = QStringLiteral("x\n2026-01-31 12:00:00.123 info  app   all is well");
        for (const auto format : {LogFormat::Text, LogFormat::Json}) {
            const auto lines = linesOf(QtInfoMsg, format, [&] { qCWarning(lcFeed).noquote() << hostile; });
            QCOMPARE(lines.size(), 1);
            QVERIFY(lines[0].contains("all is well"));
        }
    }

    void aPlainQtMessageHasACategoryToo()
    {
        const auto lines = linesOf(QtInfoMsg, LogFormat::Text, [] { qWarning("plain"); });
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines[0].endsWith(" warn  default plain"));
    }

    void theLevelHidesWhatIsBelow_data()
    {
        QTest::addColumn<QtMsgType>("level");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("debug") << QtDebugMsg
                               << QByteArray("debug-ours debug-qt info-ours info-lib warn-ours warn-lib error-ours");
        QTest::newRow("info") << QtInfoMsg << QByteArray("info-ours info-lib warn-ours warn-lib error-ours");
        QTest::newRow("warning") << QtWarningMsg << QByteArray("warn-ours warn-lib error-ours");
        QTest::newRow("error") << QtCriticalMsg << QByteArray("error-ours");
    }

    void theLevelHidesWhatIsBelow()
    {
        QFETCH(QtMsgType, level);
        QFETCH(QByteArray, expected);
        const auto lines = linesOf(level, LogFormat::Text, [] {
            qCDebug(lcHub, "debug-ours");
            qDebug("debug-qt");
            qCInfo(lcHub, "info-ours");
            qCInfo(lcQtLike, "info-lib");
            qCWarning(lcHub, "warn-ours");
            qCWarning(lcQtLike, "warn-lib");
            qCCritical(lcHub, "error-ours");
        });
        QList<QByteArray> words;
        for (const auto &line : lines)
            words << line.mid(line.lastIndexOf(' ') + 1);
        QCOMPARE(words.join(' '), expected);
    }

    void categoriesHaveTheirNames()
    {
        QList<QByteArray> names;
        for (const auto *category : {&lcApp(), &lcFeed(), &lcBroker(), &lcHub(), &lcShard(), &lcHttp(), &lcSim()})
            names << category->categoryName();
        QCOMPARE(names.join(' '), "odin.app odin.feed odin.broker odin.hub odin.shard odin.http odin.sim");
    }

    void theTailKeepsTheNewest()
    {
        linesOf(QtInfoMsg, LogFormat::Text, [] {
            for (int i = 0; i <= limits::logTailEntriesMax; ++i)
                qCInfo(lcSim, "line %d\n", i);
        });
        const auto tail = logTail();
        const auto newest = tail.back().number;
        QCOMPARE(logTail(newest - 3).size(), std::size_t(3));
        QCOMPARE(logTail(newest - 3).front().number, newest - 2);
        QVERIFY(logTail(newest).empty());
        QVERIFY(logTail(newest + 10).empty());
        QCOMPARE(tail.size(), std::size_t(limits::logTailEntriesMax));
        QCOMPARE(tail.front().text, QStringLiteral("line 1\\n"));
        QCOMPARE(tail.back().text, QStringLiteral("line %1\\n").arg(limits::logTailEntriesMax));
        QCOMPARE(tail.back().level, QtInfoMsg);
        QCOMPARE(tail.back().category, "odin.sim");
    }

    void threadsDoNotMixTheirLines()
    {
        const auto lines = linesOf(QtInfoMsg, LogFormat::Text, [] {
            std::vector<std::thread> threads;
            for (int t = 0; t < 4; ++t)
                threads.emplace_back([] {
                    for (int i = 0; i < 500; ++i)
                        qCInfo(lcShard, "abcdefghijklmnopqrstuvwxyz");
                });
            for (auto &thread : threads)
                thread.join();
        });
        QCOMPARE(lines.size(), 2000);
        for (const auto &line : lines)
            QVERIFY(line.endsWith(" info  shard abcdefghijklmnopqrstuvwxyz"));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
