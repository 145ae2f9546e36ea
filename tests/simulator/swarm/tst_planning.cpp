// What a load test is told: targets, mixes of behaviours, goals; and the judgement at its end.
#include "simulator/swarm/clockoffset.h"
#include "simulator/swarm/htmlreport.h"
#include "simulator/swarm/mix.h"
#include "simulator/swarm/report.h"
#include "simulator/swarm/target.h"

#include <QJsonArray>
#include <QTest>

using namespace odin;
using namespace odin::swarm;
using namespace std::chrono_literals;

namespace {

Step stepOf(std::chrono::milliseconds delivery, std::chrono::milliseconds lateness = 1ms, double busiest = 0.1)
{
    Histogram deliveries, ticks;
    deliveries.record(delivery, 1'000);
    ticks.record(lateness, 1'000);
    Step step;
    step.seconds = 1;
    step.totals.delivery = deliveries.snapshot();
    step.totals.lateness = ticks.snapshot();
    step.busiestThread = busiest;
    return step;
}

QString text(const char *latin) { return QString::fromLatin1(latin); }

} // namespace

class TestPlanning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void targets()
    {
        const auto target = targetOf(text("ws://127.0.0.1:8080/ws?tokens=BTC,ETH"));
        QVERIFY(target);
        QCOMPARE(target->host, QByteArray("127.0.0.1:8080"));
        QCOMPARE(target->path, QByteArray("/ws?tokens=BTC,ETH"));
        QCOMPARE(ntohs(target->address.sin_port), 8080);
        QVERIFY(target->isLoopback());
        QVERIFY(target->subscribes());
        const auto bare = targetOf(text("ws://localhost"));
        QVERIFY(bare);
        QCOMPARE(bare->path, QByteArray("/"));
        QCOMPARE(ntohs(bare->address.sin_port), 80);
        QVERIFY(!bare->subscribes());
    }

    void wrongTargets()
    {
        for (const char *url : {"", "127.0.0.1:8080", "http://127.0.0.1/", "wss://127.0.0.1/ws", "ws://", "ws://127.0.0.1:99999/"})
            QVERIFY2(!targetOf(text(url)), url);
    }

    void clocks()
    {
        ClockOffset clock;
        QCOMPARE(clock.ms(), 0); // nothing known
        clock.add(1'000, 61'100, 1'200);
        QCOMPARE(clock.ms(), 60'000);
        clock.add(2'000, 62'900, 3'000); // a longer round trip knows less
        QCOMPARE(clock.ms(), 60'000);
        clock.add(3'000, 63'015, 3'010); // a shorter one more
        QCOMPARE(clock.ms(), 60'010);
        clock.add(4'000, 0, 3'999); // our own clock was set back
        QCOMPARE(clock.ms(), 60'010);
    }

    void clocksThatAgree()
    {
        ClockOffset clock;
        clock.add(1'000, 1'008, 1'020); // 2 ms behind, plus or minus 10
        QCOMPARE(clock.ms(), 0);
        clock.add(2'000, 2'005, 2'002); // 4 ms ahead, plus or minus 1
        QCOMPARE(clock.ms(), 4);
    }

    void courseOverTime()
    {
        const Timeline::Time start;
        Timeline timeline(start);
        QVERIFY(!timeline.isDue(start + 900ms));
        QVERIFY(timeline.isDue(start + 1s));
        Totals totals;
        totals.numbers[std::size_t(Count::Open)] = 10;
        totals.numbers[std::size_t(Count::Updates)] = 500;
        timeline.add(start + 2s, totals, 1, ProcessReading{7, 0});
        totals.numbers[std::size_t(Count::Updates)] = 600;
        timeline.add(start + 3s, totals, 1.5, ProcessReading{7.25, 0});
        const auto &samples = timeline.samples();
        QCOMPARE(samples.size(), 2U);
        QCOMPARE(samples[0].open, 10);
        QCOMPARE(samples[0].updatesPerSecond, 250.0);
        QVERIFY(!samples[0].gatewayCores); // there is nothing to compare with yet
        QCOMPARE(samples[1].updatesPerSecond, 100.0);
        QCOMPARE(samples[1].swarmCores, 0.5);
        QCOMPARE(samples[1].gatewayCores.value(), 0.25);
        Report report;
        report.timeline = samples;
        const auto html = reportHtml(report);
        QCOMPARE(html.count(text("<polyline")), 4); // clients, updates, and the CPU of both
        QVERIFY(!html.contains(text("nan")));
    }

    void mixes()
    {
        const auto mix = mixOf(text("normal=70,slow=10,idle=20"));
        QVERIFY(mix);
        std::array<int, 5> counted{};
        for (int n = 300; n < 400; ++n)
            ++counted[std::size_t(mix->of(n))];
        QCOMPARE(counted, (std::array<int, 5>{70, 10, 0, 0, 20}));
        for (const char *wrong : {"", "normal=50", "normal=150,slow=-50", "normal=100,fast=0", "normal", "normal=x"})
            QVERIFY2(!mixOf(text(wrong)), wrong);
    }

    void goals()
    {
        const auto goals = goalsOf(text("p99=50ms,connect=2s,lost=0"));
        QVERIFY(goals);
        QCOMPARE(goals->size(), 3u);
        QCOMPARE(goals->at(1).most, 2000.0);
        for (const char *wrong : {"", "p99", "p99=50", "p98=5ms", "lost=1ms", "lost=-1", "p99=ms"})
            QVERIFY2(!goalsOf(text(wrong)), wrong);
    }

    void theWorstStepDecides()
    {
        Report report;
        report.steps = {stepOf(10ms), stepOf(40ms), stepOf(20ms)};
        report.outcomes = judge(goalsOf(text("p99=50ms,lost=0")).value(), report.steps);
        QVERIFY(report.isMet());
        report.outcomes = judge(goalsOf(text("p99=30ms")).value(), report.steps);
        QVERIFY(!report.isMet());
        QVERIFY(reportText(report).contains(text("MISSED")));
    }

    void verdictsOnAStep()
    {
        const auto verdict = [](const char *goal, const Step &step) {
            return verdictOf(judge(goalsOf(text(goal)).value(), {step}).front(), step);
        };
        QCOMPARE(verdict("p99=50ms", stepOf(10ms)), Verdict::Met);
        QCOMPARE(verdict("p99=5ms", stepOf(10ms)), Verdict::Missed);
        QCOMPARE(verdict("p99=5ms", stepOf(10ms, 1ms, 0.95)), Verdict::Undecided);
        QCOMPARE(verdict("p99=50ms", stepOf(10ms, 1ms, 0.95)), Verdict::Met); // a swarm that is late makes nothing faster
        QCOMPARE(verdict("p99=50ms", Step{}), Verdict::Undecided);            // nothing was delivered
        QCOMPARE(verdict("lost=0", Step{}), Verdict::Met);
        const auto goals = stepJson(stepOf(10ms), goalsOf(text("p99=5ms,lost=0")).value()).value(text("goals")).toArray();
        QCOMPARE(goals[0].toObject().value(text("verdict")).toString(), text("missed"));
        QCOMPARE(goals[1].toObject().value(text("verdict")).toString(), text("met"));
    }

    void refusalsCountWhenClientsConnect() // a goal of refused=0 was met by a gateway that let nobody in
    {
        Step step;
        step.connecting.numbers[std::size_t(Count::Refused)] = 2;
        step.totals.numbers[std::size_t(Count::Refused)] = 1;
        QCOMPARE(judge(goalsOf(text("refused=0")).value(), {step}).front().measured, 3.0);
    }

    void aBusySwarmBlamesItself()
    {
        QVERIFY(!stepOf(40ms).isSwarmLimited());
        QVERIFY(stepOf(40ms, 1ms, 0.95).isSwarmLimited());
        QVERIFY(stepOf(40ms, 20ms).isSwarmLimited());
        QVERIFY(!stepOf(40ms, 6ms).isSwarmLimited()); // late, but not by what was measured
        QVERIFY(!stepOf(4ms, 4ms).isSwarmLimited());
        Report report;
        report.steps = {stepOf(40ms, 20ms)};
        report.outcomes = judge(goalsOf(text("p99=30ms")).value(), report.steps);
        QVERIFY(!report.isMet());
        QVERIFY(reportText(report).contains(text("undecided")));
    }
};

QTEST_GUILESS_MAIN(TestPlanning)
#include "tst_planning.moc"
