// Each fault that a gateway could make is named for what it is, and nothing else is a fault.
#include "simulator/swarm/sequencecheck.h"

#include <QTest>

using namespace odin::swarm;
using Verdict = SequenceCheck::Verdict;

namespace {

constexpr int bitcoin = 0, ether = 1;

UpdateFacts update(int token, std::int64_t seq, std::int64_t prev, std::int64_t conflated = 0) { return {token, seq, prev, conflated, 0}; }

} // namespace

class TestSequenceCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrder()
    {
        SequenceCheck check;
        check.begin(update(bitcoin, 5, 3));
        QCOMPARE(check.see(update(bitcoin, 7, 5)), Verdict::InOrder);
        QCOMPARE(check.see(update(ether, 7, 2)), Verdict::InOrder); // the first of its token; same batch
        QCOMPARE(check.see(update(ether, 9, 7)), Verdict::InOrder);
        QCOMPARE(check.see(update(bitcoin, 10, 7)), Verdict::InOrder);
        QCOMPARE(check.highest(), 10);
    }

    void aHole()
    {
        SequenceCheck check;
        check.begin(update(bitcoin, 5, 3));
        QCOMPARE(check.see(update(bitcoin, 9, 7)), Verdict::Hole);
        QCOMPARE(check.see(update(bitcoin, 10, 9)), Verdict::InOrder); // told once
    }

    void whatWasThinnedOrIsUnknownIsNoHole()
    {
        SequenceCheck check;
        check.begin(update(bitcoin, 5, 3));
        QCOMPARE(check.see(update(bitcoin, 9, 7, 2)), Verdict::InOrder);
        QCOMPARE(check.see(update(bitcoin, 11, 0)), Verdict::InOrder);
        QCOMPARE(check.see(update(bitcoin, 13, 12, 0)), Verdict::Hole);
    }

    void duplicatesAndDisorder()
    {
        SequenceCheck check;
        check.begin(update(bitcoin, 5, 3));
        QCOMPARE(check.see(update(bitcoin, 5, 3)), Verdict::Duplicate);
        QCOMPARE(check.see(update(bitcoin, 4, 3)), Verdict::Disorder);
        QCOMPARE(check.see(update(bitcoin, 6, 5)), Verdict::InOrder);
    }

    void aSnapshotBeginsAnew()
    {
        SequenceCheck check;
        check.begin(update(bitcoin, 5, 3));
        check.begin(update(bitcoin, 20, 19));
        QCOMPARE(check.see(update(bitcoin, 21, 20)), Verdict::InOrder);
        check.forget();
        QCOMPARE(check.highest(), 0);
        QCOMPARE(check.see(update(bitcoin, 40, 39)), Verdict::InOrder);
    }
};

QTEST_GUILESS_MAIN(TestSequenceCheck)
#include "tst_sequencecheck.moc"
