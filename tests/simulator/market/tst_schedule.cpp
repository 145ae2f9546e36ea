// What is due next: bounds of intervals, off and on, no pile after a stall.
#include "core/model/limits.h"
#include "simulator/market/schedule.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};

} // namespace

class TestSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutEntries()
    {
        Schedule schedule;
        QVERIFY(!schedule.next());
        QVERIFY(!schedule.take(start));
    }

    void intervalBounds()
    {
        QVERIFY((Interval{10ms, 10ms}.isValid()));
        QVERIFY((Interval{1s, 3600s}.isValid()));
        QVERIFY(!(Interval{9ms, 20ms}.isValid()));
        QVERIFY(!(Interval{20ms, 19ms}.isValid()));
        QVERIFY(!(Interval{1s, 3601s}.isValid()));
        QVERIFY(!(Interval{-5s, -1s}.isValid()));
    }

    void intervalsAreWithinTheirBounds_data()
    {
        QTest::addColumn<int>("min");
        QTest::addColumn<int>("max");
        QTest::newRow("default") << 1000 << 5000;
        QTest::newRow("fastest") << 10 << 10;
        QTest::newRow("fast") << 10 << 12;
    }
    void intervalsAreWithinTheirBounds()
    {
        QFETCH(int, min);
        QFETCH(int, max);
        Schedule schedule;
        schedule.add({std::chrono::milliseconds(min), std::chrono::milliseconds(max)}, Random(1, "a"), start);
        QCOMPARE(schedule.take(start)->interval, 0ms);
        QSet<qint64> seen;
        for (auto last = start; seen.size() < max - min + 1 && last < start + 24h * 3;) {
            const auto next = *schedule.next();
            QVERIFY(!schedule.take(next - 1ns));
            const auto due = schedule.take(next);
            QCOMPARE(due->interval, next - last);
            QVERIFY(due->interval >= std::chrono::milliseconds(min) && due->interval <= std::chrono::milliseconds(max));
            seen.insert(due->interval.count());
            last = next;
        }
        QCOMPARE(seen.size(), max - min + 1); // every value comes up, the bounds included
    }

    void comesInTheOrderOfTime()
    {
        Schedule schedule;
        const int slow = schedule.add({300ms, 300ms}, Random(1, "slow"), start + 10ms);
        const int fast = schedule.add({100ms, 100ms}, Random(1, "fast"), start);
        QList<int> order;
        for (auto now = start; now < start + 320ms; now += 10ms) {
            while (const auto due = schedule.take(now))
                order.append(due->entry);
        }
        QCOMPARE(order, (QList<int>{fast, slow, fast, fast, fast, slow}));
    }

    void aStallCostsTicksAndPilesNone()
    {
        Schedule schedule;
        schedule.add({10ms, 10ms}, Random(1, "a"), start);
        schedule.add({20ms, 20ms}, Random(1, "b"), start);
        const auto later = start + 1h;
        QVERIFY(schedule.take(later));
        QVERIFY(schedule.take(later));
        QVERIFY(!schedule.take(later));
        QCOMPARE(*schedule.next(), later + 10ms);
    }

    void aLittleLatenessDoesNotSlowThePace()
    {
        Schedule schedule;
        schedule.add({10ms, 10ms}, Random(1, "a"), start);
        schedule.take(start + 3ms);
        QCOMPARE(*schedule.next(), start + 10ms);
    }

    void offAndOn()
    {
        Schedule schedule;
        const int a = schedule.add({100ms, 200ms}, Random(1, "a"), start);
        const int b = schedule.add({1s, 1s}, Random(1, "b"), start + 1s);
        schedule.setOn(a, false, start);
        QVERIFY(!schedule.isOn(a));
        QCOMPARE(*schedule.next(), start + 1s);
        schedule.setOn(b, false, start);
        QVERIFY(!schedule.next());
        QVERIFY(!schedule.take(start + 1h));
        schedule.setOn(a, true, start + 1h);
        QVERIFY(*schedule.next() >= start + 1h + 100ms && *schedule.next() <= start + 1h + 200ms);
        const auto due = *schedule.next();
        schedule.setOn(a, true, start + 2h); // is on: nothing changes
        QCOMPARE(*schedule.next(), due);
    }

    void aNewIntervalActsAtOnce()
    {
        Schedule schedule;
        const int a = schedule.add({3600s, 3600s}, Random(1, "a"), start);
        schedule.take(start);
        schedule.setInterval(a, {10ms, 20ms}, start + 5s);
        QCOMPARE(schedule.interval(a), (Interval{10ms, 20ms}));
        QVERIFY(*schedule.next() <= start + 5s + 20ms);
    }
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
