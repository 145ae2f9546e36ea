// The newest frames within their bounds, and how far back they are complete.
#include "core/hub/recentring.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

const SteadyTime start = std::chrono::steady_clock::now();

FramePtr frame(Seq seq, qsizetype bytes = 10, std::chrono::milliseconds at = 0ms)
{
    auto made = std::make_shared<Frame>();
    made->seq = seq;
    made->bytes = QByteArray(bytes, 'x');
    made->received = start + at;
    return made;
}

std::vector<Seq> seqs(const std::vector<FramePtr> &frames)
{
    std::vector<Seq> numbers;
    for (const auto &each : frames)
        numbers.push_back(each->seq);
    return numbers;
}

} // namespace

class TestRecentRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder()
    {
        RecentRing ring(1000, 1h);
        for (const Seq seq : {5, 7, 8})
            ring.add(frame(seq));
        QCOMPARE(seqs(ring.after(0)), (std::vector<Seq>{5, 7, 8}));
        QCOMPARE(seqs(ring.after(5)), (std::vector<Seq>{7, 8}));
        QCOMPARE(seqs(ring.after(6)), (std::vector<Seq>{7, 8}));
        QVERIFY(ring.after(8).empty());
        QCOMPARE(ring.frames(), 3u);
        QCOMPARE(ring.bytes(), 30u);
        QCOMPARE(ring.completeAfter(), 4);
    }

    void dropsTheOldestBeyondItsBytes()
    {
        RecentRing ring(35, 1h);
        for (Seq seq = 1; seq <= 10; ++seq)
            ring.add(frame(seq));
        QCOMPARE(seqs(ring.after(0)), (std::vector<Seq>{8, 9, 10}));
        QCOMPARE(ring.bytes(), 30u);
        QCOMPARE(ring.completeAfter(), 7);
    }

    void dropsTheOldestBeyondItsAge()
    {
        RecentRing ring(1000, 100ms);
        ring.add(frame(1, 10, 0ms));
        ring.add(frame(2, 10, 50ms));
        ring.add(frame(3, 10, 100ms));
        QCOMPARE(ring.completeAfter(), 0);
        ring.add(frame(4, 10, 149ms));
        QCOMPARE(seqs(ring.after(0)), (std::vector<Seq>{2, 3, 4}));
        QCOMPARE(ring.completeAfter(), 1);
    }

    // Updates of one batch share a sequence: with one of them gone the rest is of no use to whoever missed it.
    void aBatchIsCompleteOrNot()
    {
        RecentRing ring(30, 1h);
        ring.add(frame(1));
        ring.add(frame(2));
        ring.add(frame(2));
        QCOMPARE(ring.completeAfter(), 0);
        ring.add(frame(3));
        ring.add(frame(4));
        QCOMPARE(seqs(ring.after(0)), (std::vector<Seq>{2, 3, 4}));
        QCOMPARE(ring.completeAfter(), 2);
    }

    void aFrameLargerThanAllIsNotKept()
    {
        RecentRing ring(25, 1h);
        ring.add(frame(1));
        ring.add(frame(2, 100));
        QCOMPARE(ring.frames(), 0u);
        QCOMPARE(ring.bytes(), 0u);
        QCOMPARE(ring.completeAfter(), 2);
        ring.add(frame(3));
        QCOMPARE(seqs(ring.after(2)), std::vector<Seq>{3});
        QCOMPARE(ring.completeAfter(), 2);
    }

    void clearForgetsEverything()
    {
        RecentRing ring(1000, 1h);
        ring.add(frame(900));
        ring.clear();
        QCOMPARE(ring.frames(), 0u);
        QCOMPARE(ring.bytes(), 0u);
        ring.add(frame(3)); // another stream
        QCOMPARE(ring.completeAfter(), 2);
        QCOMPARE(seqs(ring.after(2)), std::vector<Seq>{3});
    }
};

QTEST_APPLESS_MAIN(TestRecentRing)
#include "tst_recentring.moc"
