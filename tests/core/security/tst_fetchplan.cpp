// When a key set by URL is read anew.
#include "core/security/fetchplan.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

class TestFetchPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnew()
    {
        const SteadyTime start{};
        FetchPlan plan;
        QVERIFY(plan.isDue(start, false));
        plan.asked(start);
        plan.answered(FetchPlan::Outcome::Read);
        QVERIFY(!plan.isDue(start + limits::keySetMs - 1ms, false));
        QVERIFY(plan.isDue(start + limits::keySetMs, false));
    }

    void aMissedKeyIsAReasonButNoFlood()
    {
        const SteadyTime start{};
        FetchPlan plan;
        plan.asked(start);
        plan.answered(FetchPlan::Outcome::Read);
        QVERIFY(!plan.isDue(start + limits::keySetMissMs - 1ms, true));
        QVERIFY(plan.isDue(start + limits::keySetMissMs, true));
    }

    void aFailureIsTriedAgain()
    {
        const SteadyTime start{};
        FetchPlan plan;
        plan.asked(start);
        plan.answered(FetchPlan::Outcome::Failed);
        QVERIFY(!plan.isDue(start + limits::keySetMissMs - 1ms, false));
        QVERIFY(plan.isDue(start + limits::keySetMissMs, false));
        plan.asked(start + limits::keySetMissMs);
        plan.answered(FetchPlan::Outcome::Read);
        QVERIFY(!plan.isDue(start + 2 * limits::keySetMissMs, false));
    }
};

QTEST_GUILESS_MAIN(TestFetchPlan)
#include "tst_fetchplan.moc"
