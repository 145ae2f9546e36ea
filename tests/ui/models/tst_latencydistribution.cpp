#include "core/base/histogram.h"
#include "ui/models/latencyhistory.h"
#include "ui/models/latencystages.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'699'999'200'000; // a whole hour

std::vector<LatencyStep> stepsOf(const Histogram &histogram)
{
    std::vector<LatencyStep> steps;
    for (const auto &[upTo, count] : histogram.snapshot().filledSteps())
        steps.push_back({upTo.count(), count});
    return steps;
}

/// A second in which the shards took this long, each time.
GatewaySnapshot second(int number, qint64 micros, quint64 count)
{
    GatewaySnapshot snapshot;
    snapshot.takenMs = start + number * 1'000;
    for (const auto *name : stageNames)
        snapshot.stages.push_back({name, {}});
    snapshot.stages.back().latency.steps = {{micros, count}};
    snapshot.stages.back().latency.count = count;
    return snapshot;
}

const LatencyDistribution &atSocket(const LatencyByPart &parts)
{
    return parts[std::size_t(LatencyPart::ShardToSocket)];
}

} // namespace

class TestLatencyDistribution : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothing();
    void sumsAreThoseOfTheHistogram();
    void aPercentileOfPercentilesIsNone();
    void aSecondWithoutDeliveriesAddsNothing();
    void windowsForget();
    void anHourIsKeptInFewSlices();
    void clockSetBack();
    void barsBeginWhereTheMediansBeforeThemEnd();
    void theTableSaysNothingWhereNothingWasMeasured();
};

void TestLatencyDistribution::nothing()
{
    const LatencyDistribution none;
    QCOMPARE(none.count(), 0u);
    QCOMPARE(none.percentileMs(99), 0.0);
    QCOMPARE(LatencyHistory().over(0, start)[0].count(), 0u);
}

// Two seconds added up say the same as one histogram that saw both.
void TestLatencyDistribution::sumsAreThoseOfTheHistogram()
{
    Histogram first, second, both;
    for (int i = 1; i <= 500; ++i) {
        (i % 3 ? first : second).record(std::chrono::microseconds(i * i));
        both.record(std::chrono::microseconds(i * i));
    }
    LatencyDistribution sum;
    sum.add(stepsOf(first));
    sum.add(stepsOf(second));
    QCOMPARE(sum.count(), 500u);
    QVERIFY(sum.steps() == stepsOf(both));
    for (const double p : {1.0, 50.0, 90.0, 99.0, 99.9, 100.0})
        QCOMPARE(sum.percentileMs(p), double(both.snapshot().percentile(p).count()) / 1'000);
}

// A thousand updates of 1 ms in one second, one of 500 ms in the next: the mean of both 99th percentiles is 250 ms.
void TestLatencyDistribution::aPercentileOfPercentilesIsNone()
{
    LatencyHistory history;
    history.append(second(0, 1'000, 1'000));
    history.append(second(1, 500'000, 1));
    const auto parts = history.over(0, start + 1'000);
    QCOMPARE(atSocket(parts).count(), 1'001u);
    QCOMPARE(atSocket(parts).percentileMs(99), 1.0);
    QCOMPARE(atSocket(parts).percentileMs(100), 500.0);
}

void TestLatencyDistribution::aSecondWithoutDeliveriesAddsNothing()
{
    LatencyHistory history;
    history.append(second(0, 7'000, 10));
    GatewaySnapshot quiet;
    quiet.takenMs = start + 1'000;
    history.append(quiet);
    QCOMPARE(atSocket(history.over(0, start + 1'000)).percentileMs(50), 7.0);
    QCOMPARE(atSocket(history.over(0, start + 1'000)).count(), 10u);
}

void TestLatencyDistribution::windowsForget()
{
    LatencyHistory history;
    history.append(second(0, 1'000, 1));
    history.append(second(90, 2'000, 2));
    history.append(second(1'200, 3'000, 4));
    const auto now = start + 1'200'000;
    QCOMPARE(atSocket(history.over(0, now)).count(), 4u);
    QCOMPARE(atSocket(history.over(1, now)).count(), 4u);
    QCOMPARE(atSocket(history.over(2, now)).count(), 7u);
    QCOMPARE(atSocket(history.over(0, now + 3'600'000)).count(), 0u);
}

void TestLatencyDistribution::anHourIsKeptInFewSlices()
{
    LatencyHistory history;
    for (int i = 0; i < 2 * 3'600; ++i)
        history.append(second(i, 1'000, 1));
    const auto now = start + 7'199'000;
    QCOMPARE(atSocket(history.over(0, now)).count(), 60u);
    QCOMPARE(atSocket(history.over(1, now)).count(), 900u);
    QCOMPARE(atSocket(history.over(2, now)).count(), 3'600u);
}

void TestLatencyDistribution::clockSetBack()
{
    LatencyHistory history;
    history.append(second(3'000, 9'000, 5));
    history.append(second(0, 1'000, 1));
    for (const std::size_t window : {0u, 1u, 2u})
        QCOMPARE(atSocket(history.over(window, start)).count(), 1u);
}

void TestLatencyDistribution::barsBeginWhereTheMediansBeforeThemEnd()
{
    LatencyByPart parts;
    parts[0].add({{2'000, 100}});
    parts[1].add({{3'000, 99}, {40'000, 1}});
    parts[std::size_t(LatencyPart::EndToEnd)].add({{6'000, 1}});
    const auto bars = waterfall(parts);
    QCOMPARE(bars.size(), latencyParts);
    QCOMPARE(bars[0].offsetMs, 0.0);
    QCOMPARE(bars[1].offsetMs, 2.0);
    QCOMPARE(bars[1].latency.p99Ms, 3.0);
    QCOMPARE(bars[1].latency.maxMs, 40.0);
    QCOMPARE(bars[2].offsetMs, 5.0);
    QCOMPARE(bars[std::size_t(LatencyPart::RoundTrip)].offsetMs, 5.0);
    QCOMPARE(bars[std::size_t(LatencyPart::EndToEnd)].offsetMs, 0.0); // the whole begins at the beginning
}

void TestLatencyDistribution::theTableSaysNothingWhereNothingWasMeasured()
{
    LatencyByPart parts;
    parts[std::size_t(LatencyPart::RoundTrip)].add({{12'340, 1'000}});
    LatencyStagesModel model;
    model.setParts(parts);
    const auto text = [&](LatencyPart part, int column) { return model.index(int(part), column).data().toString(); };
    QCOMPARE(text(LatencyPart::RoundTrip, LatencyStagesModel::P99), QStringLiteral("12.3 ms"));
    QCOMPARE(text(LatencyPart::RoundTrip, LatencyStagesModel::Count), QStringLiteral("1,000"));
    QCOMPARE(text(LatencyPart::FeedToHub, LatencyStagesModel::P50), QStringLiteral("–"));
    QCOMPARE(text(LatencyPart::FeedToHub, LatencyStagesModel::Count), QStringLiteral("0"));
    for (std::size_t part = 0; part < latencyParts; ++part)
        QVERIFY(text(LatencyPart(part), LatencyStagesModel::Meaning).contains(QStringLiteral("clock")));
}

QTEST_GUILESS_MAIN(TestLatencyDistribution)
#include "tst_latencydistribution.moc"
