#include "ui/models/historyseries.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'700'000'000'000;

HistorySeries filled(int seconds)
{
    HistorySeries series;
    for (int i = 0; i < seconds; ++i)
        series.append(start + i * 1'000, i % 7);
    return series;
}

bool isSorted(const QList<QPointF> &points)
{
    return std::ranges::is_sorted(points, {}, [](const QPointF &point) { return point.x(); });
}

} // namespace

class TestHistorySeries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothing();
    void fewPointsAreShownAsTheyAre();
    void comesInFromTheLeftEdge();
    void isBounded();
    void manyPointsAreReduced();
    void peaksSurvive();
    void columnsStandStill();
    void meanAndGrowthOfAWindow();
    void keepsTheNewest();
    void clockSetBack();
};

void TestHistorySeries::nothing() { QVERIFY(HistorySeries().shown(start, 60s).isEmpty()); }

void TestHistorySeries::fewPointsAreShownAsTheyAre()
{
    HistorySeries series;
    series.append(start, 5);
    series.append(start + 2'500, 7);
    QCOMPARE(series.shown(start + 3'000, 60s), (QList<QPointF>{{-3, 5}, {-0.5, 7}}));
}

void TestHistorySeries::comesInFromTheLeftEdge()
{
    const auto points = filled(600).shown(start + 599'000, 60s);
    QCOMPARE(points.first().x(), -61.0); // the last one outside
    QCOMPARE(points.size(), 62);
}

void TestHistorySeries::isBounded()
{
    HistorySeries series;
    for (int i = 0; i < 20'000; ++i)
        series.append(start + i * 250, i);
    QCOMPARE(series.size(), limits::historyPointsMax);

    auto hours = filled(10);
    hours.append(start + limits::historyMsMax.count() + 5'000, 1);
    QCOMPARE(hours.size(), 6u); // seconds 5 to 9 and the new one
}

void TestHistorySeries::manyPointsAreReduced()
{
    const auto series = filled(3'600);
    for (const auto window : {700s, 900s, 1'801s, 3'600s}) {
        for (qint64 later = 0; later < 30; ++later) { // wherever the columns' edges lie
            const auto points = series.shown(start + 3'599'000 + later * 997, window);
            QVERIFY(points.size() <= limits::chartPointsMax);
            QVERIFY(points.size() > limits::chartPointsMax / 4);
            QVERIFY(isSorted(points));
        }
    }
}

void TestHistorySeries::peaksSurvive()
{
    HistorySeries series;
    for (int i = 0; i < 3'600; ++i)
        series.append(start + i * 1'000, i == 1'234 ? 900 : i == 2'345 ? -900 : 5);
    const auto points = series.shown(start + 3'599'000, 3'600s);
    QVERIFY(points.contains(QPointF(1'234 - 3'599, 900)));
    QVERIFY(points.contains(QPointF(2'345 - 3'599, -900)));
}

void TestHistorySeries::columnsStandStill()
{
    // A second later the same moments are shown, but for those at both ends: the line must not shimmer.
    const auto series = filled(3'600);
    const auto moments = [&](qint64 now) {
        std::set<qint64> times;
        for (const auto &point : series.shown(now, 3'000s))
            times.insert(now + qRound64(point.x() * 1'000));
        return times;
    };
    const auto before = moments(start + 3'590'000);
    const auto after = moments(start + 3'591'000);
    std::vector<qint64> gone;
    std::ranges::set_difference(before, after, std::back_inserter(gone));
    QVERIFY2(gone.size() <= 6, qPrintable(QString::number(gone.size())));
}

void TestHistorySeries::meanAndGrowthOfAWindow()
{
    HistorySeries series;
    QVERIFY(!series.mean(start, 60s));
    QCOMPARE(series.growth(start, 60s), 0.0);
    for (int i = 0; i < 200; ++i)
        series.append(start + i * 1'000, i);
    QCOMPARE(*series.mean(start + 199'000, 10s), 194.0); // of 189 to 199
    QCOMPARE(series.growth(start + 199'000, 10s), 10.0);
    QVERIFY(!series.mean(start + 500'000, 10s));
    series.append(start + 200'000, 0); // the gateway began anew
    QCOMPARE(series.growth(start + 200'000, 10s), 0.0);
}

void TestHistorySeries::keepsTheNewest()
{
    auto series = filled(100);
    series.keepNewest(3);
    QCOMPARE(series.shown(start + 99'000, 3'600s).first().x(), -2.0);
    series.keepNewest(0);
    QCOMPARE(series.size(), 0u);
    series.append(start, 1);
    QCOMPARE(series.size(), 1u);
}

void TestHistorySeries::clockSetBack()
{
    auto series = filled(100);
    series.append(start + 50'000, 9);
    const auto points = series.shown(start + 50'000, 3'600s);
    QCOMPARE(points.last(), QPointF(0, 9));
    QCOMPARE(points.size(), 51);
    QVERIFY(isSorted(points));
}

QTEST_GUILESS_MAIN(TestHistorySeries)
#include "tst_historyseries.moc"
