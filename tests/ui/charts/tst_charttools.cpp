// What every chart can do: pause, pictures, values under the cursor; on lines and on bars.
#include "ui/charts/barchart.h"
#include "ui/charts/latencychart.h"
#include "ui/models/format.h"
#include "ui/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QGuiApplication>
#include <QLineSeries>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;
constexpr qint64 start = 1'700'000'000'000;

GatewaySnapshot second(int number)
{
    GatewaySnapshot snapshot;
    snapshot.takenMs = start + 1'000 * number;
    snapshot.gateway = {.p50Ms = 2, .p90Ms = 5, .p99Ms = 9, .maxMs = double(number), .count = number == 4 ? 0u : 1u};
    return snapshot;
}

/// A chart in sight that has seen ten seconds, the fifth without deliveries.
struct Shown
{
    Shown()
    {
        chart.resize(400, 200);
        chart.show();
        for (int i = 0; i < 10; ++i)
            history.append(second(i));
        draw(9);
    }
    void draw(int now) { chart.draw(60s, start + 1'000 * now, history); }
    QLineSeries *max() const
    {
        for (auto *series : chart.chart()->series()) {
            if (auto *line = qobject_cast<QLineSeries *>(series))
                return line;
        }
        return nullptr;
    }

    LatencyChart chart;
    GatewayHistory history;
};

} // namespace

class TestChartTools : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        applyTheme(ThemeChoice::Dark);
    }
    void aPausedChartStaysAndGoesOnWithoutAHole();
    void aPausedChartShowsAnotherWindowOfItsTime();
    void pausesByKeyAndMenu();
    void readsValuesByKeys();
    void readsValuesUnderTheMouse();
    void aHoleInALineIsReadAsNothing();
    void exportsAPicture();
    void saysWhyItCannotExport();
    void copiesAPicture();
    void barsCanAllOfThat();

private:
    QTemporaryDir m_folder;
};

void TestChartTools::aPausedChartStaysAndGoesOnWithoutAHole()
{
    Shown shown;
    shown.chart.tools().setPaused(true);
    for (int i = 10; i < 20; ++i) {
        shown.history.append(second(i));
        shown.draw(i);
    }
    QCOMPARE(shown.max()->count(), 9);
    QCOMPARE(shown.max()->points().last(), QPointF(0, 9));
    shown.chart.tools().setPaused(false);
    shown.draw(19);
    QCOMPARE(shown.max()->count(), 19);
    for (int i = 1; i < shown.max()->count(); ++i)
        QVERIFY(shown.max()->at(i).x() - shown.max()->at(i - 1).x() <= 2); // one second had nothing
}

void TestChartTools::aPausedChartShowsAnotherWindowOfItsTime()
{
    Shown shown;
    shown.chart.tools().setPaused(true);
    shown.history.append(second(10));
    shown.chart.draw(15min, start + 10'000, shown.history);
    QCOMPARE(shown.max()->points().last(), QPointF(0, 9)); // still at the time at which it was paused
}

void TestChartTools::pausesByKeyAndMenu()
{
    Shown shown;
    QVERIFY(shown.chart.focusPolicy() & Qt::TabFocus);
    QSignalSpy changed(&shown.chart.tools(), &ChartTools::pausedChanged);
    QTest::keyClick(&shown.chart, Qt::Key_Space);
    QVERIFY(shown.chart.tools().isPaused());
    shown.chart.tools().menu()->actions().first()->trigger();
    QVERIFY(!shown.chart.tools().isPaused());
    QCOMPARE(changed.size(), 2);
    QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(50, 50),
                            shown.chart.viewport()->mapToGlobal(QPoint(50, 50)));
    QCoreApplication::sendEvent(shown.chart.viewport(), &click);
    QVERIFY(shown.chart.tools().menu()->isVisible());
    shown.chart.tools().menu()->close();
    const auto *button = shown.chart.tools().makeButton();
    QVERIFY(button->menu() == shown.chart.tools().menu());
    QCOMPARE(button->accessibleName(), QStringLiteral("Menu of the chart of the delivery latency"));
}

void TestChartTools::readsValuesByKeys()
{
    Shown shown;
    QVERIFY(shown.chart.reading().isEmpty());
    QTest::keyClick(&shown.chart, Qt::Key_Left); // appears at the newest
    QVERIFY2(shown.chart.reading().endsWith(QStringLiteral("max 9.0 ms, p99 9.0 ms, p50 2.0 ms")),
             qPrintable(shown.chart.reading()));
    QCOMPARE(shown.chart.accessibleDescription(), shown.chart.reading());
    QTest::keyClick(&shown.chart, Qt::Key_Left);
    QVERIFY(shown.chart.reading().contains(QStringLiteral("max 8.0 ms")));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&shown.chart, Qt::Key_Left);
    QVERIFY2(shown.chart.reading().contains(QStringLiteral("max 3.0 ms")),
             qPrintable(shown.chart.reading())); // over the hole
    QTest::keyClick(&shown.chart, Qt::Key_Right);
    QVERIFY(shown.chart.reading().contains(QStringLiteral("max 5.0 ms")));
    QTest::keyClick(&shown.chart, Qt::Key_Home);
    QVERIFY(shown.chart.reading().contains(QStringLiteral("max 0.00 ms")));
    QTest::keyClick(&shown.chart, Qt::Key_Left);
    QVERIFY(shown.chart.reading().contains(QStringLiteral("max 0.00 ms"))); // there is nothing further left
    QTest::keyClick(&shown.chart, Qt::Key_End);
    QVERIFY(shown.chart.reading().contains(QStringLiteral("max 9.0 ms")));
    QTest::keyClick(&shown.chart, Qt::Key_Escape);
    QVERIFY(shown.chart.reading().isEmpty());
}

void TestChartTools::readsValuesUnderTheMouse()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowExposed(&shown.chart, patience));
    const auto plot = shown.chart.chart()->plotArea();
    QTest::mouseMove(shown.chart.viewport(), QPoint(qRound(plot.right()) - 1, qRound(plot.center().y())));
    QTRY_VERIFY_WITH_TIMEOUT(shown.chart.reading().contains(QStringLiteral("max 9.0 ms")), patience);
    QTest::mouseMove(shown.chart.viewport(), QPoint(qRound(plot.right()) + 20, qRound(plot.center().y())));
    QTRY_VERIFY_WITH_TIMEOUT(shown.chart.reading().isEmpty(), patience);
}

void TestChartTools::aHoleInALineIsReadAsNothing()
{
    Shown shown;
    shown.chart.TimeChart::draw(60s, start + 9'000,
                                {&shown.history.clients, &shown.history.latencyP99Ms, &shown.history.latencyP50Ms});
    QTest::keyClick(&shown.chart, Qt::Key_End);
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&shown.chart, Qt::Key_Left);
    QVERIFY2(shown.chart.reading().endsWith(QStringLiteral("p99 –, p50 –")), qPrintable(shown.chart.reading()));
}

void TestChartTools::exportsAPicture()
{
    Shown shown;
    const auto path = m_folder.filePath(QStringLiteral("latency.png"));
    QSignalSpy exported(&shown.chart.tools(), &ChartTools::exported);
    QVERIFY(shown.chart.tools().exportTo(path));
    QCOMPARE(exported.at(0).at(0).toString(), QString());
    const QImage image(path);
    QVERIFY(image.width() > 2 * shown.chart.width() && image.height() > 2 * shown.chart.height());
    const auto has = [&](Tone tone) {
        const auto wanted = colourOf(tone).rgb();
        for (int y = 60; y < image.height(); ++y) { // below title and legend
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixel(x, y) == wanted)
                    return true;
            }
        }
        return false;
    };
    QVERIFY(has(LatencyChart::p50Tone) && has(LatencyChart::p99Tone)); // its lines are in it
}

void TestChartTools::saysWhyItCannotExport()
{
    Shown shown;
    QSignalSpy exported(&shown.chart.tools(), &ChartTools::exported);
    const auto path = m_folder.filePath(QStringLiteral("no/such/folder/latency.png"));
    QVERIFY(!shown.chart.tools().exportTo(path));
    const auto problem = exported.at(0).at(0).toString();
    QVERIFY2(problem.startsWith(path + QStringLiteral(" was not written: ")), qPrintable(problem));
    QVERIFY(!QFile::exists(path));
}

void TestChartTools::copiesAPicture()
{
    Shown shown;
    QTest::keyClick(&shown.chart, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->image().size(), shown.chart.tools().picture().size());
}

void TestChartTools::barsCanAllOfThat()
{
    BarChart chart(QStringLiteral("Waterfall"), {{QStringLiteral("client"), Tone::Down}}, formatLatency);
    chart.setBars(
        {{.name = QStringLiteral("First"), .offset = 0, .solid = 4, .light = 9, .value = QStringLiteral("p50 4 ms")},
         {.name = QStringLiteral("Second"), .offset = 4, .solid = 1, .light = 2, .value = QStringLiteral("p50 1 ms")}});
    chart.resize(500, 120);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart, patience));
    QVERIFY(chart.minimumSizeHint().height() <= 120);
    chart.setFocus();
    QTRY_COMPARE_WITH_TIMEOUT(chart.accessibleDescription(), QStringLiteral("First p50 4 ms, Second p50 1 ms"),
                              patience);
    QTest::keyClick(&chart, Qt::Key_Space);
    QVERIFY(chart.tools().isPaused());
    chart.setBars({});
    QCOMPARE(chart.bars().size(), 2);
    QVERIFY(chart.tools().exportTo(m_folder.filePath(QStringLiteral("bars.png"))));
    QTest::keyClick(&chart, Qt::Key_Space);
    chart.setBars({});
    QCOMPARE(chart.bars().size(), 0);
    QVERIFY(!chart.tools().picture().isNull()); // also of nothing
}

QTEST_MAIN(TestChartTools)
#include "tst_charttools.moc"
