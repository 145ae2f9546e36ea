// So many at once, so many a second sustained, whatever the clock shows at first.
#include "core/base/ratebudget.h"

#include <QTest>

using namespace odin;

class TestRateBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFullAtFirst()
    {
        for (const auto start : {SteadyTime{}, SteadyTime{} + std::chrono::hours(1000)}) {
            RateBudget budget;
            int taken = 0;
            while (taken < 100 && budget.take(start, 10, 5))
                ++taken;
            QCOMPARE(taken, 5);
        }
    }

    void refillsInTime()
    {
        RateBudget budget;
        SteadyTime now{};
        int taken = 0;
        for (int ms = 0; ms <= 10'000; ms += 10) {
            now = SteadyTime{} + std::chrono::milliseconds(ms);
            taken += budget.take(now, 10, 5);
        }
        QVERIFY2(taken >= 5 + 99 && taken <= 5 + 100, qPrintable(QString::number(taken))); // rounding
    }

    void neverSavesMoreThanTheBurst()
    {
        RateBudget budget;
        QVERIFY(budget.take(SteadyTime{}, 10, 5, 5));
        const auto later = SteadyTime{} + std::chrono::hours(1);
        QVERIFY(!budget.take(later, 10, 5, 6));
        QVERIFY(budget.take(later, 10, 5, 5));
        QVERIFY(!budget.take(later, 10, 5));
    }

    void nothingCostsNothing()
    {
        RateBudget budget;
        QVERIFY(budget.take(SteadyTime{}, 10, 5, 5));
        QVERIFY(budget.take(SteadyTime{}, 10, 5, 0));
    }

    void givesBack()
    {
        RateBudget budget;
        QVERIFY(budget.take(SteadyTime{}, 1, 1));
        budget.give(1);
        QVERIFY(budget.take(SteadyTime{}, 1, 1));
        QVERIFY(!budget.take(SteadyTime{}, 1, 1));
    }
};

QTEST_APPLESS_MAIN(TestRateBudget)
#include "tst_ratebudget.moc"
