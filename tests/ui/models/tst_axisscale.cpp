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
    void holdsWhatLiesAnywhere();
    void whatStandsStillLiesInTheMiddle();
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

void TestAxisScale::holdsWhatLiesAnywhere()
{
    for (double size = 1e-9; size < 1e12; size *= 3.7) {
        for (const double spread : {0.0002, 0.01, 0.3, 5.0}) {
            const auto scale = AxisScale::around(size, size * (1 + spread));
            const auto said = qPrintable(QString::number(size));
            QVERIFY2(scale.base <= size && scale.top() >= size * (1 + spread), said);
            QVERIFY2(scale.top() - scale.base <= size * spread * 4, said);
        }
    }
    QCOMPARE(AxisScale::around(64'212, 64'219).step, 2.0);
    QCOMPARE(AxisScale::around(64'212, 64'219).base, 64'212.0);
}

void TestAxisScale::whatStandsStillLiesInTheMiddle()
{
    const auto scale = AxisScale::around(100, 100);
    QVERIFY(scale.base < 100 && scale.top() > 100);
}

void TestAxisScale::survivesNonsense()
{
    QCOMPARE(AxisScale::around(std::nan(""), 1).top(), 4.0);
    QCOMPARE(AxisScale::around(0, 0).top(), 4.0);
    QVERIFY(std::isfinite(AxisScale::around(0, HUGE_VAL).top()));
    QVERIFY(AxisScale::around(-3, -2).base <= -3);
    QCOMPARE(AxisScale::covering(std::nan(""), 1).top(), 4.0);
    QCOMPARE(AxisScale::covering(-3, 1).top(), 4.0);
    QVERIFY(std::isfinite(AxisScale::covering(HUGE_VAL, 1).top()));
}

QTEST_GUILESS_MAIN(TestAxisScale)
#include "tst_axisscale.moc"
