#include "ui/models/axisscale.h"

#include <QTest>

#include <cmath>

using namespace odin;

class TestAxisScale : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tops_data();
    void tops();
    void holdsEveryValueWithoutWastingHalf();
    void survivesNonsense();
};

void TestAxisScale::tops_data()
{
    QTest::addColumn<double>("max");
    QTest::addColumn<double>("unit");
    QTest::addColumn<double>("top");
    QTest::newRow("nothing yet") << 0.0 << 1.0 << 4.0;
    QTest::newRow("counts have whole steps") << 5.0 << 1.0 << 8.0;
    QTest::newRow("exactly on a line") << 6'000.0 << 1.0 << 6'000.0;
    QTest::newRow("just above it") << 6'001.0 << 1.0 << 8'000.0;
    QTest::newRow("rates") << 17'200.0 << 1.0 << 20'000.0;
    QTest::newRow("fractions") << 0.55 << 0.05 << 0.6;
    QTest::newRow("exactly, in fractions") << 30.0 << 0.05 << 30.0;
}

void TestAxisScale::tops()
{
    QFETCH(double, max);
    QFETCH(double, unit);
    QTEST(AxisScale::covering(max, unit).top(), "top");
}

void TestAxisScale::holdsEveryValueWithoutWastingHalf()
{
    for (double max = 5; max < 1e7; max *= 1.0137) {
        const auto top = AxisScale::covering(max, 1).top();
        QVERIFY2(top >= max && top <= 2 * max, qPrintable(QString::number(max)));
    }
}

void TestAxisScale::survivesNonsense()
{
    QCOMPARE(AxisScale::covering(std::nan(""), 1).top(), 4.0);
    QCOMPARE(AxisScale::covering(-3, 1).top(), 4.0);
    QVERIFY(std::isfinite(AxisScale::covering(HUGE_VAL, 1).top()));
}

QTEST_GUILESS_MAIN(TestAxisScale)
#include "tst_axisscale.moc"
