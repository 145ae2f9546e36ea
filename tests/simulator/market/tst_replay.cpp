// Files of trades on a clock of the test: pace, order, end, and files that are not what they should be.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "simulator/market/replay.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const SteadyTime start{1000s};
constexpr qint64 nowMs = 1'760'000'000'000;

using Played = QList<QPair<qint64, double>>; // ms after the start, price

// Takes everything on time, `takes` calls at most.
Played play(Replay &replay, int takes = 100'000, std::chrono::milliseconds end = 24h * 1000)
{
    Played played;
    auto now = start;
    for (; takes > 0 && replay.next() && *replay.next() <= start + end; --takes) {
        now = std::max(now, *replay.next());
        for (const auto &message : replay.take(now, nowMs)) {
            const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(now - start).count();
            played.append({at, QJsonDocument::fromJson(message.payload)["price"_L1].toDouble()});
        }
    }
    return played;
}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString file(const QByteArray &content)
    {
        const auto path = m_folder.filePath(u"trades.csv"_s);
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    std::unique_ptr<Replay> open(const QByteArray &content, double speed = 1,
                                 ReplayConfig::AtEnd atEnd = ReplayConfig::AtEnd::Stop)
    {
        auto replay = Replay::open({file(content), speed, atEnd}, "run", start);
        if (!replay)
            qFatal("%s", qPrintable(replay.error().text));
        return std::move(replay.value());
    }

    QString errorOf(const ReplayConfig &config)
    {
        const auto replay = Replay::open(config, "run", start);
        return replay ? QString() : replay.error().text;
    }

private Q_SLOTS:
    void playsAtItsPace_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<Played>("expected");
        QTest::newRow("as it was") << 1.0 << Played{{0, 10}, {500, 11}, {2000, 12}};
        QTest::newRow("twice as fast") << 2.0 << Played{{0, 10}, {250, 11}, {1000, 12}};
        QTest::newRow("half as fast") << 0.5 << Played{{0, 10}, {1000, 11}, {4000, 12}};
        QTest::newRow("at once") << 0.0 << Played{{0, 10}, {0, 11}, {0, 12}};
    }
    void playsAtItsPace()
    {
        QFETCH(double, speed);
        auto replay = open("time,token,price,volume\n1000,A,10,1\n1000.5,A,11,1\n1002,A,12,1\n", speed);
        QTEST(play(*replay), "expected");
        QVERIFY(!replay->next());
        QVERIFY(replay->take(start + 1h, nowMs).empty());
    }

    void messagesAreTheContracts()
    {
        auto replay = open("1000,A,10.50,1.5\n1001,A,12.6,2\n");
        const auto first = replay->take(start, nowMs).at(0);
        const auto second = replay->take(start + 1s, nowMs + 1000).at(0);
        QCOMPARE(second.subject, priceSubject("A"));
        QVERIFY(first.id != second.id);
        const auto decoded = decodeBusMessage(second.subject, second.payload, nowMs + 1000);
        QCOMPARE(decoded.refusals.size(), size_t(0));
        QCOMPARE(decoded.updates.at(0).price, 12.6);
        QCOMPARE(decoded.updates.at(0).volume24h, 3.5);
        QCOMPARE(decoded.updates.at(0).priceChange24h, 20.0);
        QCOMPARE(decoded.updates.at(0).timestampMs, nowMs + 1000);
        const auto json = QJsonDocument::fromJson(second.payload);
        QCOMPARE(json["source"_L1].toString(), u"trade"_s);
        QCOMPARE(json["nonce"_L1].toString().toLatin1(), second.id);
    }

    void windowIsTheFiles()
    {
        auto replay = open("0,A,100,1\n3600,A,110,2\n89000,A,121,4\n", 0);
        play(*replay, 2);
        const auto last = replay->take(start, nowMs).at(0);
        const auto update = decodeBusMessage(last.subject, last.payload, nowMs).updates.at(0);
        QCOMPARE(update.volume24h, 6.0); // 24:43 now: 1:00 still counts, 0:00 is the price to compare with
        QCOMPARE(qRound(update.priceChange24h), 21);
    }

    void outOfOrderIsDueAtOnce()
    {
        auto replay = open("1000,A,1,1\n1002,A,2,1\n1001,A,3,1\n1003,A,4,1\n");
        QCOMPARE(play(*replay), (Played{{0, 1}, {2000, 2}, {2000, 3}, {3000, 4}}));
    }

    void jumpsInTimeAreNotWaitedFor()
    {
        auto replay = open("1000,A,1,1\n99999999999,A,2,1\n1001,A,3,1\n1002,A,4,1\n");
        QCOMPARE(play(*replay), (Played{{0, 1}, {0, 2}, {0, 3}, {1000, 4}}));
    }

    void aStallShiftsTheRest()
    {
        auto replay = open("1000,A,1,1\n1001,A,2,1\n1002,A,3,1\n");
        replay->take(start, nowMs);
        QCOMPARE(replay->take(start + 60s, nowMs).size(), size_t(1));
        QVERIFY(replay->take(start + 60s, nowMs).empty());
        QCOMPARE(*replay->next(), start + 61s);
    }

    void unusableLinesAreCountedAndNamed()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"line 2 skipped: the price"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"line 5 skipped: the line is too long"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"line 6 skipped: fewer"_s));
        const QByteArray tooLong = "1003,A,3,1," + QByteArray(3 * limits::replayLineBytesMax, 'x') + ",1004,A,9,9\n";
        auto replay = open("\xEF\xBB\xBF" "1000,A,1,1\r\n1001,A,nan,1\r\n\r\n  \r\n" + tooLong + "garbage\n1002,B,2,1");
        QCOMPARE(play(*replay), (Played{{0, 1}, {2000, 2}})); // the last line ends without a line end
    }

    void longestLine()
    {
        QByteArray line = "1001,A,2,1,";
        line += QByteArray(limits::replayLineBytesMax - line.size(), 'x') + '\n';
        auto replay = open("1000,A,1,1\n" + line);
        QCOMPARE(play(*replay).size(), 2);
    }

    void manyUnusableLinesFloodNothing()
    {
        for (int line = 2; line < 2 + limits::replayLineWarningsMax; ++line)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"line %1 skipped"_s.arg(line)));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"counted, not named"_s));
        QTest::failOnWarning(QRegularExpression(u"skipped"_s)); // any further one
        auto replay = open("1000,A,1,1\n" + QByteArray("x\n").repeated(5000) + "1000,A,2,1\n");
        QCOMPARE(replay->take(start, nowMs).size(), size_t(1));
        int calls = 0; // in bounded steps
        while (replay->next() && replay->take(start, nowMs).empty())
            ++calls;
        QCOMPARE(calls, 5000 / limits::replayLinesPerStep);
        QVERIFY(!replay->next());
    }

    void loops()
    {
        auto replay = open("time,token,price,volume\n1000,A,1,1\n1001,A,2,1\n", 1, ReplayConfig::AtEnd::Loop);
        // Six calls: a round is two trades and one step back to the first line, a second later.
        QCOMPARE(play(*replay, 6), (Played{{0, 1}, {1000, 2}, {2000, 1}, {3000, 2}}));
    }

    void loopStartsItsWindowAnewAndKeepsIdsApart()
    {
        auto replay = open("1000,A,1,5\n", 0, ReplayConfig::AtEnd::Loop);
        QSet<QByteArray> ids;
        auto now = start;
        for (int i = 0; i < 10; ++i, now = *replay->next()) {
            for (const auto &message : replay->take(now, nowMs)) {
                ids.insert(message.id);
                QCOMPARE(QJsonDocument::fromJson(message.payload)["volume24h"_L1].toDouble(), 5.0);
            }
        }
        QVERIFY2(ids.size() >= 4, qPrintable(QString::number(ids.size())));
        QVERIFY(now - start >= 3s); // a file without duration does not spin
    }

    void mutedTokensAreSilent()
    {
        auto replay = open("1000,A,1,1\n1000,B,2,1\n1001,A,3,1\n1001,B,4,1\n1002,A,5,1\n");
        QCOMPARE(play(*replay, 2).size(), 2);
        QCOMPARE(replay->tokens(start).size(), size_t(2));
        QVERIFY(replay->change("A", {.on = false}, start).ok());
        QVERIFY(!replay->change("C", {.on = false}, start).ok());
        QVERIFY(!replay->change("B", {.intervalMin = 10ms, .intervalMax = 20ms}, start).ok());
        QCOMPARE(replay->tokens(start).front().on, false);
        QCOMPARE(play(*replay), (Played{{1000, 4}}));
    }

    void allMutedPauses()
    {
        auto replay = open("1000,A,1,1\n1001,A,2,1\n1002,A,3,1\n");
        QCOMPARE(play(*replay, 1).size(), 1);
        QVERIFY(replay->change("A", {.on = false}, start).ok());
        QVERIFY(!replay->next());
        QVERIFY(replay->change("A", {.on = true}, start + 1h).ok());
        QCOMPARE(replay->take(start + 1h, nowMs).size(), size_t(1));
        QCOMPARE(*replay->next(), start + 1h + 1s);
    }

    void saysHowFarItIs()
    {
        auto replay = open("1000,A,1,1\nnonsense\n1000,A,2,1\n", 4);
        play(*replay);
        const auto playback = replay->playback();
        QVERIFY(playback.has_value());
        QVERIFY(playback->path.endsWith(".csv"_L1));
        QCOMPARE(playback->speed, 4.0);
        QCOMPARE(playback->trades, quint64(2));
        QCOMPARE(playback->unusableLines, quint64(1));
        QVERIFY(playback->ended);
    }

    void theFileSaysTheRest()
    {
        auto replay = open("1000,A,1,1\n");
        play(*replay, 1);
        QVERIFY(!replay->change("A", {.on = true, .volatility = 1}, start).ok());
        QVERIFY(!replay->start({"A", {}}, start).ok());
        QVERIFY(!replay->end({"A"}, start).ok());
        QVERIFY(!replay->list({"B", 1}, start).ok());
    }

    void tokensAreBounded()
    {
        QByteArray content;
        for (int i = 0; i < limits::simulatorTokensMax + 10; ++i)
            content += "1000,T" + QByteArray::number(i) + ",1,1\n";
        auto replay = open(content, 0);
        QCOMPARE(play(*replay).size(), limits::simulatorTokensMax);
        QCOMPARE(replay->tokens(start).size(), size_t(limits::simulatorTokensMax));
    }

    void tinySpeedDoesNotOverflow()
    {
        auto replay = open("1000,A,1,1\n2000,A,2,1\n", 1e-300);
        replay->take(start, nowMs);
        QVERIFY(*replay->next() > start + 24h);
    }

    void refusesWithASentence()
    {
        QVERIFY(errorOf({m_folder.filePath(u"none.csv"_s)}).contains("there is no such file"_L1));
        QVERIFY(errorOf({m_folder.path()}).contains("not a plain file"_L1));
        QVERIFY(errorOf({u"/dev/zero"_s}).contains("not a plain file"_L1));
        QVERIFY(errorOf({file("")}).contains("no line of the form"_L1));
        QVERIFY(errorOf({file("time,token,price,volume\n")}).contains("no line of the form"_L1));
        for (const double speed : {-1.0, qQNaN(), qInf()})
            QVERIFY(errorOf({file("1000,A,1,1\n"), speed}).contains("speed"_L1));
    }
};

QTEST_APPLESS_MAIN(TestReplay)
#include "tst_replay.moc"
