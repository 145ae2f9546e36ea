#include "ui/charts/latencychart.h"
#include "ui/theme.h"

#include <QLineSeries>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

class TestTimeChart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Dark); }
    void scaleFollowsWhatIsShown();
    void drawsWhatItIsGiven();
    void linesFollowTheTheme();
};

namespace {

GatewayHistory someHistory()
{
    GatewayHistory history;
    GatewaySnapshot snapshot;
    for (int i = 0; i < 10; ++i) {
        snapshot.takenMs = 1'000 * i;
        snapshot.gateway = {.p50Ms = 2, .p90Ms = 5, .p99Ms = 9, .maxMs = 21, .count = i == 4 ? 0u : 100u};
        history.append(snapshot);
    }
    return history;
}

QList<QLineSeries *> linesOf(const QChartView &view)
{
    QList<QLineSeries *> lines;
    for (auto *series : view.chart()->series()) {
        if (auto *line = qobject_cast<QLineSeries *>(series))
            lines.append(line);
    }
    return lines;
}

} // namespace

void TestTimeChart::scaleFollowsWhatIsShown()
{
    LatencyChart chart;
    chart.draw(60s, 9'000, someHistory());
    QCOMPARE(chart.scale().top(), 24.0);
    chart.draw(60s, 9'000, {});
    QCOMPARE(chart.scale().top(), 0.4);
}

void TestTimeChart::drawsWhatItIsGiven()
{
    LatencyChart chart;
    chart.draw(60s, 9'000, someHistory());
    const auto lines = linesOf(chart);
    QCOMPARE(lines.size(), 3);
    for (const auto *line : lines)
        QCOMPARE(line->count(), 9); // a second in which nothing was delivered has no latency
    QCOMPARE(lines.first()->at(0), QPointF(-9, 21));
    QVERIFY(!chart.chart()->legend()->isVisible());
    QCOMPARE(chart.chart()->animationOptions(), QChart::NoAnimation);
}

void TestTimeChart::linesFollowTheTheme()
{
    LatencyChart chart;
    QCOMPARE(linesOf(chart).last()->pen().color(), darkPalette.up);
    applyTheme(ThemeChoice::Light);
    QTRY_COMPARE_WITH_TIMEOUT(linesOf(chart).last()->pen().color(), lightPalette.up, 10'000);
}

QTEST_MAIN(TestTimeChart)
#include "tst_timechart.moc"
