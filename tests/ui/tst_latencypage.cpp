#include "tests/ui/windowtest.h"
#include "ui/charts/barchart.h"
#include "ui/models/latencystages.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"

#include <QLabel>

using namespace odin;

class TestLatencyPage : public WindowTest
{
    Q_OBJECT
private:
    /// One more second, in which every delivery took this long from shard to socket, and twice that in all.
    void deliver(qint64 micros, quint64 count)
    {
        auto snapshot = m_gateway->next();
        snapshot.stages.clear();
        for (const auto *name : stageNames)
            snapshot.stages.push_back({name, {}});
        snapshot.stages.back().latency.steps = {{micros, count}};
        snapshot.endToEnd = {.count = count, .steps = {{2 * micros, count}}};
        m_gateway->say(snapshot);
    }
    QString cell(LatencyPart part, int column) const
    {
        return named<DataTable>(QStringLiteral("Latency"))->model()->index(int(part), column).data().toString();
    }

private Q_SLOTS:
    void saysWhenNothingWasDelivered();
    void showsEachPartOfTheWay();
    void addsSecondsUp();
    void aPausedChartStays();
    void windowIsRemembered();
};

void TestLatencyPage::saysWhenNothingWasDelivered()
{
    show();
    openPage(QStringLiteral("Latency"));
    QCOMPARE(cell(LatencyPart::EndToEnd, LatencyStagesModel::P99), QStringLiteral("–"));
    const auto *said = withText<QLabel>(QStringLiteral(
        "Nothing was delivered to a client in this time: connect one to see how late it gets its prices."));
    QVERIFY(said && said->isVisible());
}

void TestLatencyPage::showsEachPartOfTheWay()
{
    deliver(3'000, 50);
    show();
    openPage(QStringLiteral("Latency"));
    QCOMPARE(cell(LatencyPart::ShardToSocket, LatencyStagesModel::P99), QStringLiteral("3.0 ms"));
    QCOMPARE(cell(LatencyPart::EndToEnd, LatencyStagesModel::Max), QStringLiteral("6.0 ms"));
    QCOMPARE(cell(LatencyPart::PublishToStore, LatencyStagesModel::Count), QStringLiteral("0"));
    const auto &bars = named<BarChart>(QStringLiteral("Waterfall of the latency"))->bars();
    QCOMPARE(bars.size(), qsizetype(latencyParts));
    QCOMPARE(bars[qsizetype(LatencyPart::ShardToSocket)].value, QStringLiteral("p50 3.0 ms   p99 3.0 ms"));
    QCOMPARE(bars[qsizetype(LatencyPart::RoundTrip)].offset, 3.0);
    QCOMPARE(bars[qsizetype(LatencyPart::RoundTrip)].value, QStringLiteral("nothing measured"));
}

void TestLatencyPage::addsSecondsUp()
{
    deliver(1'000, 999);
    show();
    openPage(QStringLiteral("Latency"));
    deliver(80'000, 1);
    QTRY_COMPARE_WITH_TIMEOUT(cell(LatencyPart::ShardToSocket, LatencyStagesModel::Count), QStringLiteral("1,000"),
                              patience);
    QCOMPARE(cell(LatencyPart::ShardToSocket, LatencyStagesModel::P99), QStringLiteral("1.0 ms"));
    QCOMPARE(cell(LatencyPart::ShardToSocket, LatencyStagesModel::Max), QStringLiteral("80.0 ms"));
}

void TestLatencyPage::aPausedChartStays()
{
    deliver(3'000, 50);
    show();
    openPage(QStringLiteral("Latency"));
    auto *chart = named<BarChart>(QStringLiteral("Waterfall of the latency"));
    QTest::keyClick(chart, Qt::Key_Space);
    deliver(9'000, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(cell(LatencyPart::ShardToSocket, LatencyStagesModel::P50), QStringLiteral("9.0 ms"),
                              patience); // the table goes on
    QCOMPARE(chart->bars()[qsizetype(LatencyPart::ShardToSocket)].solid, 3.0);
}

void TestLatencyPage::windowIsRemembered()
{
    const auto bar = QStringLiteral("Latency of the last");
    show();
    named<ChoiceBar>(bar)->choose(1);
    show();
    QCOMPARE(named<ChoiceBar>(bar)->chosen(), 1);
}

QTEST_MAIN(TestLatencyPage)
#include "moc_windowtest.cpp"
#include "tst_latencypage.moc"
