// The simulator's time stands still while it is paused, and no pause leaves a gap in it.
#include "simulator/market/marketclock.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

class TestMarketClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsWithTheSteadyClock()
    {
        const MarketClock clock;
        QVERIFY(!clock.isPaused());
        QCOMPARE(clock.time(SteadyTime(5s)), SteadyTime(5s));
        QCOMPARE(clock.steady(SteadyTime(5s)), SteadyTime(5s));
    }

    void standsStillWhilePaused()
    {
        MarketClock clock;
        clock.pause(SteadyTime(10s));
        QVERIFY(clock.isPaused());
        QCOMPARE(clock.time(SteadyTime(10s)), SteadyTime(10s));
        QCOMPARE(clock.time(SteadyTime(99s)), SteadyTime(10s));
        clock.resume(SteadyTime(100s));
        QCOMPARE(clock.time(SteadyTime(100s)), SteadyTime(10s));
        QCOMPARE(clock.time(SteadyTime(103s)), SteadyTime(13s));
        QCOMPARE(clock.steady(SteadyTime(13s)), SteadyTime(103s));
    }

    void pausesAddUp()
    {
        MarketClock clock;
        for (const auto at : {10s, 30s, 50s}) {
            clock.pause(SteadyTime(at));
            clock.resume(SteadyTime(at + 5s));
        }
        QCOMPARE(clock.time(SteadyTime(60s)), SteadyTime(45s));
    }

    void twiceIsOnce()
    {
        MarketClock clock;
        clock.resume(SteadyTime(5s));
        clock.pause(SteadyTime(10s));
        clock.pause(SteadyTime(20s));
        clock.resume(SteadyTime(30s));
        clock.resume(SteadyTime(40s));
        QCOMPARE(clock.time(SteadyTime(40s)), SteadyTime(20s));
    }
};

QTEST_APPLESS_MAIN(TestMarketClock)
#include "tst_marketclock.moc"
