// What an operator is told at the end of a load test.
#include "ui/models/loadtestoutcome.h"

#include <QTest>

using namespace odin;
using Kind = LoadTestOutcome::Kind;

namespace {

const QString url = QStringLiteral("ws://127.0.0.1:8080/ws");

LoadTestStep stepOf(int clients, LoadTestVerdict verdict, double p99)
{
    LoadTestStep step{.clients = clients, .open = clients, .updatesPerSecond = 3.5 * clients, .busiestThread = 0.97};
    step.delivery = {.count = 100, .p50Ms = 1, .p99Ms = p99, .maxMs = p99};
    step.goals = {{QStringLiteral("p99"), 50, p99, verdict}, {QStringLiteral("lost"), 0, 0, LoadTestVerdict::Met}};
    return step;
}

LoadTestOutcome outcome(const std::vector<LoadTestStep> &steps, Ended ended = Ended::ByItself)
{
    return outcomeOf(steps, url, ended);
}

LoadTestOutcome nobody(int status, qint64 failed = 0)
{
    LoadTestStep step{.clients = 10, .refused = status > 0 ? 10 : 0, .failed = failed};
    if (status > 0)
        step.refusals[status] = 10;
    return outcome({step}, Ended::Early);
}

} // namespace

class TestLoadTestOutcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void met()
    {
        const auto said = outcome({stepOf(100, LoadTestVerdict::Met, 10), stepOf(1'000, LoadTestVerdict::Met, 20)});
        QCOMPARE(said.kind, Kind::Good);
        QVERIFY2(said.sentence.contains(QStringLiteral("up to 1,000 clients: p99 20.0 ms there, updates at 3,500 /s")),
                 qPrintable(said.sentence));
    }

    void missed()
    {
        const auto said = outcome({stepOf(100, LoadTestVerdict::Met, 10), stepOf(1'000, LoadTestVerdict::Missed, 120)});
        QCOMPARE(said.kind, Kind::Bad);
        QCOMPARE(said.sentence, QStringLiteral("At 1,000 clients: p99 was 120 ms, at most 50.0 ms was wanted."));
    }

    void undecided()
    {
        const auto said = outcome({stepOf(100, LoadTestVerdict::Undecided, 120)});
        QCOMPARE(said.kind, Kind::Doubtful);
        QVERIFY2(said.sentence.contains(QStringLiteral("97.0% of a core")), qPrintable(said.sentence));
    }

    void nothingDelivered()
    {
        auto step = stepOf(100, LoadTestVerdict::Undecided, 0);
        step.delivery = {};
        QVERIFY(outcome({step}).sentence.contains(QStringLiteral("no update was delivered")));
    }

    void endedEarly()
    {
        QCOMPARE(outcome({}, Ended::Early).word, QStringLiteral("Stopped"));
        const auto said = outcome({stepOf(100, LoadTestVerdict::Met, 10)}, Ended::Early);
        QCOMPARE(said.kind, Kind::Doubtful);
        QVERIFY(said.sentence.contains(QStringLiteral("at 100 clients")));
        QCOMPARE(outcome({stepOf(100, LoadTestVerdict::Missed, 99)}, Ended::Early).word, QStringLiteral("Missed"));
    }

    void whatCannotBeReached()
    {
        QVERIFY(nobody(0, 10).sentence.contains(QStringLiteral("Nobody answers at ") + url));
        QVERIFY(nobody(503).sentence.contains(QStringLiteral("refused 10 clients with HTTP status 503: it is full")));
        QVERIFY(nobody(401).sentence.contains(QStringLiteral("access token")));
        QVERIFY(nobody(404).sentence.contains(QStringLiteral("/ws")));
        QCOMPARE(nobody(503).kind, Kind::Bad);
        LoadTestStep gone{.clients = 10, .dropped = 10};
        gone.closes[1006] = 10;
        const auto said = outcome({gone}, Ended::Early);
        QVERIFY2(said.sentence.contains(QStringLiteral("close code 1006")), qPrintable(said.sentence));
        QCOMPARE(said.kind, Kind::Bad);
    }

    void withoutLimits() { QCOMPARE(outcome({LoadTestStep{.clients = 5, .open = 5}}).word, QStringLiteral("Done")); }
};

QTEST_GUILESS_MAIN(TestLoadTestOutcome)
#include "tst_loadtestoutcome.moc"
