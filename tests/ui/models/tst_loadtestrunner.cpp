// The child that runs a load test: good ones, and those that die, hang, or talk nonsense. None may be left behind.
#include "tests/ui/fakeloadtest.h"
#include "ui/models/loadtestrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // ms; far more than a busy machine needs

} // namespace

class TestLoadTestRunner : public QObject
{
    Q_OBJECT

private:
    struct Run
    {
        QString problem;
        int lines = 0;
        bool hasEnded = false;
    };

    /// Until the child has ended.
    Run run(const QByteArray &script, LoadTestDeadlines deadlines = {})
    {
        LoadTestRunner runner(m_fake.program(script), deadlines);
        return ended(runner, [] {});
    }

    template<class Meanwhile>
    Run ended(LoadTestRunner &runner, Meanwhile meanwhile)
    {
        QSignalSpy said(&runner, &LoadTestRunner::said);
        QSignalSpy end(&runner, &LoadTestRunner::ended);
        runner.start({QStringLiteral("--ramp"), QStringLiteral("10")});
        meanwhile();
        QElapsedTimer time;
        time.start();
        while (end.isEmpty() && time.elapsed() < patience)
            QTest::qWait(5);
        if (end.size() != 1)
            return {};
        return {end.front().front().toString(), static_cast<int>(said.size()), true};
    }

    FakeLoadTest m_fake;

private Q_SLOTS:
    void aGoodOne()
    {
        const auto result = run(m_fake.started() + m_fake.holding("10") + m_fake.steps(m_fake.step("10")));
        QVERIFY2(result.hasEnded && result.problem.isEmpty(), qPrintable(result.problem));
        QCOMPARE(result.lines, 4);
    }

    void aMissedGoalIsNoProblem() // it ends with code 1 then
    {
        QCOMPARE(run(m_fake.steps(m_fake.step("10", "missed")) + "exit 1").problem, QString());
    }

    void oneThatIsNotThere()
    {
        LoadTestRunner runner(m_fake.folder() + QStringLiteral("/missing"));
        const auto result = ended(runner, [] {});
        QVERIFY(result.hasEnded);
        QVERIFY2(result.problem.contains(QStringLiteral("it is not there")), qPrintable(result.problem));
        QVERIFY(!runner.isRunning());
    }

    void oneThatMayNotBeRun()
    {
        const auto program = m_fake.program("");
        QFile::setPermissions(program, QFile::ReadOwner);
        LoadTestRunner runner(program);
        const auto result = ended(runner, [] {});
        QVERIFY2(result.problem.contains(QStringLiteral("could not be started")), qPrintable(result.problem));
    }

    void oneThatRefuses()
    {
        const auto result = run("echo 'odin-loadtest: cannot find the host nowhere' >&2; exit 2");
        QCOMPARE(result.problem, QStringLiteral("odin-loadtest could not run the test: cannot find the host nowhere."));
    }

    void oneThatDies()
    {
        QVERIFY(run(m_fake.holding("10") + "kill -9 $$").problem.contains(QStringLiteral("signal 9")));
        QVERIFY(run(m_fake.holding("10")).problem.contains(QStringLiteral("without a result")));
    }

    void oneThatHangs()
    {
        const auto result = run(m_fake.holding("10") + "exec sleep 600", {.silent = 300ms});
        QVERIFY2(result.problem.contains(QStringLiteral("said nothing")), qPrintable(result.problem));
    }

    void oneThatTalksNonsense()
    {
        const auto result = run("echo usage: something else; exec sleep 600");
        QVERIFY2(result.problem.contains(QStringLiteral("It said: usage: something else")), qPrintable(result.problem));
    }

    void oneThatNeverEndsItsLine()
    {
        const auto result = run("exec cat /dev/zero");
        QVERIFY2(result.problem.contains(QStringLiteral("a line without an end")), qPrintable(result.problem));
    }

    void halfLinesAreWaitedFor()
    {
        const auto result =
            run("printf '{\"type\":'; sleep 0.2; printf '\"started\"}\\n'; printf '{\"ty'; " + m_fake.say("pe\":\"x\"}")
                + m_fake.steps(m_fake.step("10")) + "printf '{\"type\":\"prog'"); // and the last one never comes
        QVERIFY2(result.problem.isEmpty(), qPrintable(result.problem));
        QCOMPARE(result.lines, 4);
    }

    void stopsWithWhatItHas()
    {
        LoadTestRunner runner(m_fake.program("trap '" + m_fake.steps(m_fake.step("10")) + "exit 0' TERM\n"
                                             + m_fake.holding("10") + "while :; do sleep 0.05; done"));
        QSignalSpy said(&runner, &LoadTestRunner::said);
        const auto result = ended(runner, [&] {
            QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), patience); // the trap is set
            runner.stop();
            runner.stop();
        });
        QVERIFY2(result.hasEnded && result.problem.isEmpty(), qPrintable(result.problem));
    }

    void oneThatDoesNotStop()
    {
        LoadTestRunner runner(m_fake.program("trap '' TERM\n" + m_fake.holding("10") + "while :; do sleep 0.05; done"),
                              {.stop = 100ms});
        QSignalSpy said(&runner, &LoadTestRunner::said);
        const auto result = ended(runner, [&] {
            QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), patience);
            runner.stop();
        });
        QVERIFY2(result.problem.contains(QStringLiteral("did not stop")), qPrintable(result.problem));
    }

    void endsWithItsOwner()
    {
        qint64 child = 0;
        {
            LoadTestRunner runner(m_fake.program("trap '' TERM\n" + m_fake.holding("10") + "exec sleep 600"));
            QSignalSpy said(&runner, &LoadTestRunner::said);
            runner.start({});
            QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), patience);
            child = runner.processId();
            QCOMPARE(::kill(pid_t(child), 0), 0);
        }
        QCOMPARE(::kill(pid_t(child), 0), -1); // reaped, too
    }

    void runsAgain()
    {
        LoadTestRunner runner(m_fake.program("kill -9 $$"));
        QVERIFY(!ended(runner, [] {}).problem.isEmpty());
        m_fake.program(m_fake.steps(m_fake.step("10")));
        const auto again = ended(runner, [] {});
        QVERIFY2(again.hasEnded && again.problem.isEmpty(), qPrintable(again.problem));
    }
};

QTEST_GUILESS_MAIN(TestLoadTestRunner)
#include "tst_loadtestrunner.moc"
