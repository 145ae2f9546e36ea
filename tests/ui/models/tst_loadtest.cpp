// A ramp and a search, played by a script in the place of odin-loadtest.
#include "tests/ui/fakeloadtest.h"
#include "ui/models/loadtest.h"

#include <QSignalSpy>
#include <QTest>

using namespace odin;
using Kind = LoadTestOutcome::Kind;

namespace {

constexpr int patience = 20'000; // ms; far more than a busy machine needs

LoadTestPlan plan()
{
    LoadTestPlan plan;
    plan.url = QStringLiteral("ws://127.0.0.1:8080/ws");
    plan.ramp = {10};
    return plan;
}

} // namespace

class TestLoadTest : public QObject
{
    Q_OBJECT

private:
    static LoadTestOutcome outcomeOf(LoadTest &test)
    {
        LoadTestOutcome outcome;
        bool hasEnded = false;
        connect(&test, &LoadTest::ended, &test, [&](const LoadTestOutcome &said) {
            outcome = said;
            hasEnded = true;
        });
        const bool isInTime =
            QTest::qWaitFor([&] { return hasEnded; }, 3 * patience); // a search rests between its probes
        return isInTime ? outcome : LoadTestOutcome{Kind::Bad, {}, QStringLiteral("it did not end")};
    }

    FakeLoadTest m_fake;

private Q_SLOTS:
    void aRamp()
    {
        LoadTest test(m_fake.program(m_fake.started() + m_fake.holding("$ramp") + m_fake.steps(m_fake.step("$ramp"))));
        QSignalSpy changed(&test, &LoadTest::changed);
        test.startRamp(plan());
        QVERIFY(test.isUnderWay());
        QCOMPARE(test.sentence(), QStringLiteral("Step 1 of 1: 10 clients, connecting"));
        const auto outcome = outcomeOf(test);
        QCOMPARE(outcome.word, QStringLiteral("Met"));
        QVERIFY(!test.isUnderWay() && changed.size() >= 3);
        QCOMPARE(test.series().open.size(), 1U);
        QCOMPARE(test.steps().rowCount(), 1);
        QCOMPARE(test.result()->html, QStringLiteral("<p>page"));
        QVERIFY(!test.certificate());
    }

    void aRampThatCannotRun()
    {
        LoadTest test(m_fake.program("exit 1"));
        test.startRamp(plan());
        const auto outcome = outcomeOf(test);
        QCOMPARE(outcome.kind, Kind::Bad);
        QCOMPARE(outcome.word, QStringLiteral("Failed"));
        QVERIFY(!test.result());
    }

    void aSearch()
    {
        // Up to 12 clients all is well.
        LoadTest test(m_fake.program("verdict=met; [ $ramp -gt 12 ] && verdict=missed\n" + m_fake.started()
                                     + m_fake.holding("$ramp") + m_fake.steps(m_fake.step("$ramp", "$verdict"))));
        test.startSearch(plan(), {.first = 10, .most = 100}, QStringLiteral("yes"));
        const auto outcome = outcomeOf(test);
        QCOMPARE(outcome.kind, Kind::Good);
        QVERIFY2(outcome.sentence.startsWith(QStringLiteral("12 clients within the limits")),
                 qPrintable(outcome.sentence));
        const auto *certificate = test.certificate();
        QVERIFY(certificate);
        QCOMPARE(std::pair(certificate->search.met(), certificate->search.bent()), std::pair(12, 13));
        QCOMPARE(certificate->loadTester, QStringLiteral("7.7"));
        QVERIFY(certificate->startedAt < certificate->endedAt);
        QCOMPARE(test.steps().rowCount(), static_cast<int>(certificate->search.probes().size()));
        QVERIFY(test.series().open.size() > 1); // of all its probes
    }

    void aSearchThatNobodyAnswers()
    {
        LoadTest test(m_fake.program(m_fake.steps(R"({"clients":10,"open":0,"failed":10})") + "exit 1"));
        test.startSearch(plan(), {.first = 10}, QStringLiteral("yes"));
        const auto outcome = outcomeOf(test);
        QCOMPARE(outcome.word, QStringLiteral("Not connected"));
        QVERIFY(!test.certificate());
        QCOMPARE(test.steps().rowCount(), 1); // it did not go on
    }

    void aSearchWithoutUpdates()
    {
        LoadTest test(m_fake.program(m_fake.steps(
            R"({"clients":10,"open":10,"goals":[{"name":"p99","most":5,"measured":0,"verdict":"undecided"}]})")));
        test.startSearch(plan(), {.first = 10}, QStringLiteral("yes"));
        QVERIFY(outcomeOf(test).sentence.contains(QStringLiteral("no update was delivered")));
        QVERIFY(!test.certificate());
    }

    void stopping()
    {
        LoadTest test(
            m_fake.program("trap 'exit 0' TERM\n" + m_fake.holding("$ramp") + "while :; do sleep 0.05; done"));
        test.startSearch(plan(), {.first = 10}, QStringLiteral("yes"));
        QTRY_COMPARE_WITH_TIMEOUT(test.reading().open, 10, patience);
        test.stop();
        QVERIFY(test.isStopping() && test.isUnderWay());
        QCOMPARE(outcomeOf(test).word, QStringLiteral("Stopped"));
        QVERIFY(!test.isUnderWay() && !test.certificate());
    }

    void stoppingBetweenTwoProbes()
    {
        LoadTest test(m_fake.program(m_fake.steps(m_fake.step("$ramp"))));
        QSignalSpy ended(&test, &LoadTest::ended);
        test.startSearch(plan(), {.first = 10}, QStringLiteral("yes"));
        QTRY_VERIFY_WITH_TIMEOUT(test.processId() == 0 && test.isUnderWay() && test.steps().rowCount() == 1, patience);
        test.stop();
        QCOMPARE(ended.size(), 1);
        QVERIFY(!test.isUnderWay());
    }
};

QTEST_GUILESS_MAIN(TestLoadTest)
#include "tst_loadtest.moc"
