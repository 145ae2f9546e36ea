// TimerList: Qt's rules for timers, at times that the test makes up.
#include "core/base/timerlist.h"

#include <QObject>
#include <QTest>

#include <limits>
#include <random>

using namespace odin;
using namespace std::chrono_literals;

class TestTimerList : public QObject
{
    Q_OBJECT

    static constexpr TimerList::Time start{1000s};

    /// The ids that fire in one round at `time`.
    static std::vector<int> fire(TimerList &timers, TimerList::Time time)
    {
        std::vector<int> ids;
        const auto round = timers.startRound(time);
        while (const auto firing = timers.takeDue(round)) {
            ids.push_back(firing->id);
            timers.finish(*firing);
        }
        return ids;
    }

    QObject m_a;
    QObject m_b;

    TimerList::Timer timer(int id, TimerList::Millis interval) { return {id, interval, Qt::CoarseTimer, &m_a}; }

private Q_SLOTS:
    void firesWhenDueAndInOrder()
    {
        TimerList timers;
        timers.add(timer(1, 30ms), start);
        timers.add(timer(2, 10ms), start);
        timers.add(timer(3, 10ms), start);
        QCOMPARE(*timers.nextDue(), start + 10ms);
        QVERIFY(fire(timers, start + 9ms).empty());
        QCOMPARE(fire(timers, start + 10ms), (std::vector<int>{2, 3}));
        QCOMPARE(*timers.nextDue(), start + 20ms);
        QCOMPARE(fire(timers, start + 30ms), (std::vector<int>{2, 3, 1}));
    }

    void aLateTimerFiresOnceAndMissedOnesAreGone()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        QCOMPARE(fire(timers, start + 95ms), std::vector<int>{1});
        QVERIFY(fire(timers, start + 95ms).empty());
        QCOMPARE(*timers.nextDue(), start + 105ms);
    }

    void aSlightlyLateTimerKeepsItsBeat()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        QCOMPARE(fire(timers, start + 13ms), std::vector<int>{1});
        QCOMPARE(*timers.nextDue(), start + 20ms);
    }

    void zeroTimersFireOncePerRound()
    {
        TimerList timers;
        timers.add(timer(1, 0ms), start);
        timers.add(timer(2, 0ms), start);
        for (int round = 0; round < 3; ++round)
            QCOMPARE(fire(timers, start), (std::vector<int>{1, 2}));
    }

    void whatIsAddedInARoundWaitsForTheNext()
    {
        TimerList timers;
        timers.add(timer(1, 0ms), start);
        const auto round = timers.startRound(start);
        const auto firing = timers.takeDue(round);
        timers.add(timer(2, 0ms), start);
        timers.finish(*firing);
        QVERIFY(!timers.takeDue(round));
        QCOMPARE(fire(timers, start), (std::vector<int>{2, 1}));
    }

    void aTimerDoesNotFireInsideItsOwnHandler()
    {
        TimerList timers;
        timers.add(timer(1, 0ms), start);
        timers.add(timer(2, 50ms), start);
        const auto firing = timers.takeDue(timers.startRound(start));
        QCOMPARE(*timers.nextDue(), start + 50ms); // a nested loop may sleep
        QVERIFY(fire(timers, start + 1ms).empty());
        QCOMPARE(*timers.remaining(1, start), 0ms);
        timers.finish(*firing);
        QCOMPARE(fire(timers, start + 1ms), std::vector<int>{1});
    }

    void aTimerMayBeRemovedInItsHandler()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        const auto firing = timers.takeDue(timers.startRound(start + 10ms));
        QVERIFY(timers.remove(1));
        timers.finish(*firing);
        QVERIFY(!timers.nextDue());
    }

    void aTimerMayBeRestartedUnderItsIdInItsHandler()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        const auto firing = timers.takeDue(timers.startRound(start + 10ms));
        timers.remove(1);
        timers.add(timer(1, 500ms), start + 10ms);
        timers.finish(*firing);
        QCOMPARE(*timers.nextDue(), start + 510ms);
        QCOMPARE(fire(timers, start + 510ms), std::vector<int>{1});
    }

    void aTimerRemovedByAnEarlierHandlerDoesNotFire()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        timers.add(timer(2, 10ms), start);
        const auto round = timers.startRound(start + 10ms);
        const auto first = timers.takeDue(round);
        timers.remove(2);
        timers.finish(*first);
        QVERIFY(!timers.takeDue(round));
    }

    void belongsToItsObject()
    {
        TimerList timers;
        timers.add({1, 10ms, Qt::PreciseTimer, &m_a}, start);
        timers.add({2, 20ms, Qt::CoarseTimer, &m_b}, start);
        timers.add({3, 30ms, Qt::VeryCoarseTimer, &m_a}, start);

        const auto ofA = timers.timersOf(&m_a);
        QCOMPARE(ofA.size(), std::size_t(2));
        QCOMPARE(ofA[1].id, 3);
        QCOMPARE(ofA[1].interval, 30ms);
        QCOMPARE(ofA[1].type, Qt::VeryCoarseTimer);

        QVERIFY(timers.removeAll(&m_a));
        QVERIFY(!timers.removeAll(&m_a));
        QCOMPARE(fire(timers, start + 1s), std::vector<int>{2});
    }

    void remainingIsRoundedUp()
    {
        TimerList timers;
        timers.add(timer(1, 10ms), start);
        QCOMPARE(*timers.remaining(1, start + 9500us), 1ms);
        QCOMPARE(*timers.remaining(1, start + 1h), 0ms);
        QVERIFY(!timers.remaining(2, start));
        QVERIFY(!timers.remove(2));
    }

    void aVeryLongIntervalIsNotDueInThePast()
    {
        TimerList timers;
        timers.add(timer(1, std::chrono::milliseconds(std::numeric_limits<qint64>::max())), start);
        QVERIFY(*timers.nextDue() > start + std::chrono::hours(24 * 365));
        QVERIFY(fire(timers, start + 1h).empty());
    }

    void staysInOrderAmongManyTimers()
    {
        constexpr int count = 20'000;
        std::mt19937 random(7);
        TimerList timers;
        for (int id = 1; id <= count; ++id)
            timers.add(timer(id, std::chrono::milliseconds(1 + random() % 1000)), start);
        for (int id = 2; id <= count; id += 2) // restarted, as an idle timer is by every message
            timers.add(timer(id, std::chrono::milliseconds(1001 + random() % 1000)), start);
        std::size_t fired = 0;
        for (auto time = start; time < start + 1s; time += 7ms)
            fired += fire(timers, time).size() > 0;
        QVERIFY(fired > 100);
        QCOMPARE(timers.timersOf(&m_a).size(), std::size_t(count));
        for (int id = 1; id <= count; ++id)
            QVERIFY(timers.remove(id));
        QVERIFY(!timers.nextDue());
        QVERIFY(timers.timersOf(&m_a).empty());
    }
};

QTEST_GUILESS_MAIN(TestTimerList)
#include "tst_timerlist.moc"
