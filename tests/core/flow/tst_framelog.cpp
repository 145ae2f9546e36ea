// The newest frames within their bounds, and how far back they are complete.
#include "core/flow/framelog.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

const SteadyTime start = std::chrono::steady_clock::now();

FramePtr frame(Seq seq, qsizetype bytes = 10, std::chrono::milliseconds at = 0ms, const QByteArray &token = "BTC",
               Channel channel = Channel::Price)
{
    auto made = std::make_shared<Frame>();
    made->channel = channel;
    made->token = token;
    made->seq = seq;
    made->bytes = QByteArray(bytes, 'x');
    made->received = start + at;
    return made;
}

std::vector<Seq> after(const FrameLog &log, Seq seq)
{
    std::vector<Seq> numbers;
    log.visitAfter(seq, [&](const FramePtr &each) {
        numbers.push_back(each->seq);
        return true;
    });
    return numbers;
}

std::vector<Seq> ofTokenAfter(const FrameLog &log, const QByteArray &token, Seq seq, Channel channel = Channel::Price)
{
    std::vector<Seq> numbers;
    log.visitTokenAfter(channel, token, seq, [&](const FramePtr &each) { numbers.push_back(each->seq); });
    return numbers;
}

} // namespace

class TestFrameLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder()
    {
        FrameLog ring(1000, 1h);
        for (const Seq seq : {5, 7, 8})
            ring.add(frame(seq));
        QCOMPARE(after(ring, 0), (std::vector<Seq>{5, 7, 8}));
        QCOMPARE(after(ring, 5), (std::vector<Seq>{7, 8}));
        QCOMPARE(after(ring, 6), (std::vector<Seq>{7, 8}));
        QVERIFY(after(ring, 8).empty());
        QCOMPARE(ring.frames(), 3u);
        QCOMPARE(ring.bytes(), 30u);
        QCOMPARE(*ring.completeAfter(), 4);
    }

    void dropsTheOldestBeyondItsBytes()
    {
        FrameLog ring(35, 1h);
        for (Seq seq = 1; seq <= 10; ++seq)
            ring.add(frame(seq));
        QCOMPARE(after(ring, 0), (std::vector<Seq>{8, 9, 10}));
        QCOMPARE(ring.bytes(), 30u);
        QCOMPARE(*ring.completeAfter(), 7);
    }

    void dropsTheOldestBeyondItsAge()
    {
        FrameLog ring(1000, 100ms);
        ring.add(frame(1, 10, 0ms));
        ring.add(frame(2, 10, 50ms));
        ring.add(frame(3, 10, 100ms));
        QCOMPARE(*ring.completeAfter(), 0);
        ring.add(frame(4, 10, 149ms));
        QCOMPARE(after(ring, 0), (std::vector<Seq>{2, 3, 4}));
        QCOMPARE(*ring.completeAfter(), 1);
    }

    // Updates of one batch share a sequence: with one of them gone the rest is of no use to whoever missed it.
    void aBatchIsCompleteOrNot()
    {
        FrameLog ring(30, 1h);
        ring.add(frame(1));
        ring.add(frame(2));
        ring.add(frame(2));
        QCOMPARE(*ring.completeAfter(), 0);
        ring.add(frame(3));
        ring.add(frame(4));
        QCOMPARE(after(ring, 0), (std::vector<Seq>{2, 3, 4}));
        QCOMPARE(*ring.completeAfter(), 2);
    }

    void aFrameLargerThanAllIsNotKept()
    {
        FrameLog ring(25, 1h);
        ring.add(frame(1));
        ring.add(frame(2, 100));
        QCOMPARE(ring.frames(), 0u);
        QCOMPARE(ring.bytes(), 0u);
        QCOMPARE(*ring.completeAfter(), 2);
        ring.add(frame(3));
        QCOMPARE(after(ring, 2), std::vector<Seq>{3});
        QCOMPARE(*ring.completeAfter(), 2);
    }

    void findsTheFramesOfOneToken()
    {
        FrameLog log(1000, 1h);
        for (Seq seq = 1; seq <= 9; ++seq)
            log.add(frame(seq, 10, 0ms, QByteArray(1, char('A' + seq % 3))));
        log.add(frame(10, 10, 0ms, "A", Channel::Volume));
        QCOMPARE(ofTokenAfter(log, "A", 0), (std::vector<Seq>{9, 6, 3}));
        QCOMPARE(ofTokenAfter(log, "A", 3), (std::vector<Seq>{9, 6}));
        QCOMPARE(ofTokenAfter(log, "A", 0, Channel::Volume), std::vector<Seq>{10});
        QVERIFY(ofTokenAfter(log, "A", 9).empty());
        QVERIFY(ofTokenAfter(log, "D", 0).empty());
    }

    void aTokensChainEndsWhereTheLogDoes()
    {
        FrameLog log(50, 1h);
        log.add(frame(1, 10, 0ms, "RARE"));
        for (Seq seq = 2; seq <= 8; ++seq)
            log.add(frame(seq, 10, 0ms, seq % 2 ? "ODD" : "EVEN"));
        QCOMPARE(ofTokenAfter(log, "EVEN", 0), (std::vector<Seq>{8, 6, 4}));
        QCOMPARE(ofTokenAfter(log, "ODD", 0), (std::vector<Seq>{7, 5}));
        QVERIFY(ofTokenAfter(log, "RARE", 0).empty());
        log.add(frame(9, 10, 0ms, "RARE"));
        QCOMPARE(ofTokenAfter(log, "RARE", 0), std::vector<Seq>{9});
    }

    void anEmptyLogKnowsNothingUnlessToldWhereItBegins()
    {
        FrameLog log(1000, 1h);
        QVERIFY(!log.isCompleteAfter(0));
        QVERIFY(!log.completeAfter());
        log.startAfter(41);
        QVERIFY(log.isCompleteAfter(41) && !log.isCompleteAfter(40));
        QCOMPARE(log.lastSeq(), 41);
        log.add(frame(50));
        QVERIFY(log.isCompleteAfter(41));
        QCOMPARE(log.lastSeq(), 50);
    }

    void visitingEndsWhenToldTo()
    {
        FrameLog log(1000, 1h);
        for (Seq seq = 1; seq <= 5; ++seq)
            log.add(frame(seq));
        int visited = 0;
        log.visitAfter(1, [&](const FramePtr &) { return ++visited < 2; });
        QCOMPARE(visited, 2);
    }

    void clearForgetsEverything()
    {
        FrameLog ring(1000, 1h);
        ring.add(frame(900));
        ring.clear();
        QCOMPARE(ring.frames(), 0u);
        QCOMPARE(ring.bytes(), 0u);
        ring.add(frame(3)); // another stream
        QCOMPARE(*ring.completeAfter(), 2);
        QCOMPARE(after(ring, 2), std::vector<Seq>{3});
    }
};

QTEST_APPLESS_MAIN(TestFrameLog)
#include "tst_framelog.moc"
