#include "ui/models/chartreading.h"

#include <QTest>

using namespace odin;

class TestChartReading : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingToRead()
    {
        QVERIFY(!readChart({}, -3, 1));
        QVERIFY(!readChart({{}, {}}, -3, 1));
    }

    void theNearestPoint()
    {
        const QList<QList<QPointF>> lines{{{-10, 1}, {-6, 2}, {-1, 3}}};
        QCOMPARE(readChart(lines, -7, 1)->x, -6.0);
        QCOMPARE(readChart(lines, -7, 1)->values, (QList<std::optional<double>>{2}));
        QCOMPARE(readChart(lines, -100, 1)->x, -10.0);
        QCOMPARE(readChart(lines, 0, 1)->x, -1.0);
    }

    // A second in which nothing was delivered has clients, but no latency: its line says nothing, not what was before.
    void aLineWithoutAPointThereSaysNothing()
    {
        const QList<QList<QPointF>> lines{{{-3, 1}, {-2, 1}, {-1, 1}}, {{-3, 9}}, {}};
        const auto reading = readChart(lines, -1.2, 0.5);
        QCOMPARE(reading->x, -1.0);
        QCOMPARE(reading->values, (QList<std::optional<double>>{1, std::nullopt, std::nullopt}));
        QCOMPARE(readChart(lines, -1.2, 2)->values.at(1), std::optional<double>(9));
    }
};

QTEST_GUILESS_MAIN(TestChartReading)
#include "tst_chartreading.moc"
