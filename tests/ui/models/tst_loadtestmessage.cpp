// What odin-loadtest says, line by line.
#include "ui/models/loadtestmessage.h"
#include "ui/models/loadtestseries.h"
#include "ui/models/loadteststeps.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

namespace {

const QByteArray step =
    R"({"clients":50,"open":48,"seconds":2,"connectSeconds":0.12,"updatesPerSecond":170.5,"refused":2,"failed":1,
 "dropped":3,"holes":4,"duplicates":5,"conflated":6,"busiestThread":0.4,"swarmLimited":true,"refusals":{"503":2},"closes":{"4101":3},
 "deliveryMs":{"count":341,"p50":1.5,"p99":12,"max":40},"gateway":{"cores":0.5,"residentBytes":9e7,"shards":2},"swarm":null,
 "goals":[{"name":"p99","most":10,"measured":12,"verdict":"undecided"},{"name":"lost","most":9,"measured":4,"verdict":"met"}]})";

template<class T>
T parsed(const QByteArray &line)
{
    const auto message = parseLoadTestLine(line);
    return message && std::holds_alternative<T>(message.value()) ? std::get<T>(message.value()) : T();
}

} // namespace

class TestLoadTestMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readings()
    {
        const auto reading = parsed<LoadTestReading>(
            R"({"type":"progress","seconds":3.25,"step":2,"steps":3,"clients":1000,"phase":"holding","share":0.4,"open":990,
                "refused":1,"failed":2,"dropped":3,"lost":4,"updatesPerSecond":1234.5,"p50":1.5,"p99":9,"max":null})");
        QCOMPARE(reading.seconds, 3.25);
        QCOMPARE(std::tuple(reading.step, reading.steps, reading.clients, reading.open), std::tuple(2, 3, 1000, 990));
        QVERIFY(reading.isHolding);
        QCOMPARE(reading.p99Ms, std::optional(9.0));
        QVERIFY(!reading.maxMs);
    }

    void steps()
    {
        const auto read = parsed<LoadTestStep>(R"({"type":"step","step":1,"result":)" + step + '}');
        QCOMPARE(std::tuple(read.clients, read.open, read.refused, read.failed, read.dropped, read.lost),
                 std::tuple(50, 48, 2LL, 1LL, 3LL, 4LL));
        QCOMPARE(read.refusals.at(503), 2);
        QCOMPARE(read.closes.at(4101), 3);
        QCOMPARE(read.delivery.p99Ms, 12.0);
        QVERIFY(read.isSwarmLimited && !read.swarm && !read.isConnected());
        QCOMPARE(read.gateway->shards, 2);
        QCOMPARE(read.verdict(), LoadTestVerdict::Undecided);
    }

    void results()
    {
        const auto result = parsed<LoadTestResult>(
            R"({"type":"result","html":"<p>","report":{"interrupted":true,"extra":7,"steps":[)" + step + "]}}");
        QVERIFY(result.wasInterrupted);
        QCOMPARE(result.steps.size(), 1U);
        QCOMPARE(result.html, QStringLiteral("<p>"));
        QCOMPARE(QJsonDocument::fromJson(result.report).object().value(u"extra").toInt(), 7);
    }

    void whatIsNotKnownIsNoError()
    {
        const auto later = parseLoadTestLine(R"({"type":"weather","rain":true})");
        QVERIFY(later && std::holds_alternative<std::monostate>(later.value()));
        QCOMPARE(parsed<LoadTestReading>(R"({"type":"progress","open":"many","p50":"x"})").open, 0);
    }

    void nonsense()
    {
        for (const char *line : {"", "hello", "[1,2]", "{\"type\":\"prog", "7"})
            QVERIFY2(!parseLoadTestLine(line), line);
        QVERIFY(parseLoadTestLine(QByteArray(5'000, 'x')).error().text.size() <= 80);
    }

    void worstGoalDecides()
    {
        const auto verdict = [](std::vector<LoadTestVerdict> verdicts) {
            LoadTestStep judged;
            for (const auto each : verdicts)
                judged.goals.push_back({QStringLiteral("p99"), 1, 2, each});
            return judged.verdict();
        };
        using enum LoadTestVerdict;
        QCOMPARE(verdict({}), None);
        QCOMPARE(verdict({Met, Met}), Met);
        QCOMPARE(verdict({Met, Undecided}), Undecided);
        QCOMPARE(verdict({Undecided, Missed, Met}), Missed);
    }

    void aTableOfSteps()
    {
        LoadTestSteps table;
        table.append(parsed<LoadTestStep>(R"({"type":"step","result":)" + step + '}'));
        const auto at = [&](int column) { return table.index(0, column).data().toString(); };
        QCOMPARE(at(LoadTestSteps::Refused), QStringLiteral("3"));
        QCOMPARE(at(LoadTestSteps::P99), QStringLiteral("12.0 ms"));
        QCOMPARE(at(LoadTestSteps::GatewayCores), QStringLiteral("0.50"));
        QCOMPARE(at(LoadTestSteps::SwarmCores), QStringLiteral("–"));
        QCOMPARE(at(LoadTestSteps::Verdict), QStringLiteral("undecided"));
        table.append({.clients = 7});
        QCOMPARE(table.index(1, LoadTestSteps::P50).data().toString(), QStringLiteral("–")); // not 0 ms
        table.clear();
        QCOMPARE(table.rowCount(), 0);
    }

    void seriesKeepTheirTime()
    {
        LoadTestSeries series;
        LoadTestReading reading{.seconds = 2, .open = 5};
        series.append(0, reading);
        reading.p50Ms = reading.p99Ms = reading.maxMs = 1;
        series.append(60'000, reading); // another run, a minute later
        QCOMPARE(series.newestMs, 62'000);
        QCOMPARE(series.window(), std::chrono::minutes(2));
        QCOMPARE(series.open.size(), 2U);
        QCOMPARE(series.p99Ms.size(), 1U); // nothing was delivered at first: that is no latency of 0
    }
};

QTEST_GUILESS_MAIN(TestLoadTestMessage)
#include "tst_loadtestmessage.moc"
