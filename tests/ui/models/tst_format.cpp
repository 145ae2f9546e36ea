#include "ui/models/format.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

class TestFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void counts();
    void rates_data();
    void rates();
    void latencies_data();
    void latencies();
    void bytes_data();
    void bytes();
    void uptimes();
    void ages();
    void prices_data();
    void prices();
    void changes();
    void ticks();
    void others();
};

void TestFormat::counts()
{
    QCOMPARE(formatCount(0), QStringLiteral("0"));
    QCOMPARE(formatCount(5'000), QStringLiteral("5,000"));
    QCOMPARE(formatCount(18'446'744'073'709'551'615ull), QStringLiteral("18,446,744,073,709,551,615"));
}

void TestFormat::rates_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << QStringLiteral("0.0 /s");
    QTest::newRow("few") << 3.4 << QStringLiteral("3.4 /s");
    QTest::newRow("just below a hundred") << 99.94 << QStringLiteral("99.9 /s");
    QTest::newRow("would be printed as 100.0") << 99.96 << QStringLiteral("100 /s");
    QTest::newRow("many") << 16'902.4 << QStringLiteral("16,902 /s");
}

void TestFormat::rates()
{
    QFETCH(double, rate);
    QTEST(formatRate(rate), "text");
}

void TestFormat::latencies_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("microseconds") << 0.42 << QStringLiteral("0.42 ms");
    QTest::newRow("would be printed as 1.00") << 0.996 << QStringLiteral("1.0 ms");
    QTest::newRow("usual") << 11.83 << QStringLiteral("11.8 ms");
    QTest::newRow("long") << 1'234.0 << QStringLiteral("1,234 ms");
    QTest::newRow("seconds") << 12'345.0 << QStringLiteral("12.3 s");
}

void TestFormat::latencies()
{
    QFETCH(double, ms);
    QTEST(formatLatency(ms), "text");
}

void TestFormat::bytes_data()
{
    QTest::addColumn<double>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << QStringLiteral("0 B");
    QTest::newRow("bytes") << 9.0 << QStringLiteral("9 B");
    QTest::newRow("next unit") << 999.96 << QStringLiteral("1.0 kB");
    QTest::newRow("memory") << 118.4e6 << QStringLiteral("118 MB");
    QTest::newRow("a few") << 3.24e6 << QStringLiteral("3.2 MB");
    QTest::newRow("beyond the last unit") << 12e15 << QStringLiteral("12,000 TB");
}

void TestFormat::bytes()
{
    QFETCH(double, bytes);
    QTEST(formatBytes(bytes), "text");
}

void TestFormat::uptimes()
{
    QCOMPARE(formatUptime(0ms), QStringLiteral("00:00:00"));
    QCOMPARE(formatUptime(4h + 11min + 9s), QStringLiteral("04:11:09"));
    QCOMPARE(formatUptime(48h + 4h + 11min + 59s), QStringLiteral("2 d 04:11"));
    QCOMPARE(formatUptime(-5s), QStringLiteral("00:00:00"));
}

void TestFormat::ages()
{
    QCOMPARE(formatAge(3'799ms), QStringLiteral("3.7 s")); // never rounded up
    QCOMPARE(formatAge(9'999ms), QStringLiteral("9.9 s"));
    QCOMPARE(formatAge(42s), QStringLiteral("42 s"));
    QCOMPARE(formatAge(5min + 59s), QStringLiteral("5 min"));
    QCOMPARE(formatAge(3h), QStringLiteral("3 h"));
    QCOMPARE(formatAge(48h), QStringLiteral("2 d"));
    QCOMPARE(formatAge(-60s), QStringLiteral("0.0 s")); // a publisher's clock that is ahead
}

void TestFormat::prices_data()
{
    QTest::addColumn<double>("price");
    QTest::addColumn<QString>("text");
    QTest::newRow("large") << 64'218.42 << QStringLiteral("64,218.42");
    QTest::newRow("hundreds") << 151.88 << QStringLiteral("151.88");
    QTest::newRow("ones") << 1.5 << QStringLiteral("1.5000");
    QTest::newRow("small") << 0.0025134 << QStringLiteral("0.0025134");
    QTest::newRow("tiny") << 1.5e-9 << QStringLiteral("1.5000e-09");
    QTest::newRow("zero") << 0.0 << QStringLiteral("0.00");
}

void TestFormat::prices()
{
    QFETCH(double, price);
    QTEST(formatPrice(price), "text");
}

void TestFormat::changes()
{
    QCOMPARE(formatChange(1.82), QStringLiteral("▲ +1.82%"));
    QCOMPARE(formatChange(-0.64), QStringLiteral("▼ −0.64%"));
    QCOMPARE(formatChange(-0.004), QStringLiteral("0.00%")); // printed as none, so no arrow
    QCOMPARE(directionOf(0.004), Direction::Flat);
    QCOMPARE(directionOf(-0.006), Direction::Down);
}

void TestFormat::ticks()
{
    QCOMPARE(formatTick(7.5, 30), QStringLiteral("7.5"));
    QCOMPARE(formatTick(1'500, 6'000), QStringLiteral("1,500"));
    QCOMPARE(formatTick(5'000, 20'000), QStringLiteral("5k")); // as the 20k above it
    QCOMPARE(formatTick(0, 20'000), QStringLiteral("0"));
    QCOMPARE(formatTick(2.5e6, 1e7), QStringLiteral("2.5M"));
    QCOMPARE(formatStep(64'212, 2), QStringLiteral("64,212"));
    QCOMPARE(formatStep(64'212.5, 2.5), QStringLiteral("64,212.5"));
    QCOMPARE(formatStep(0.00251, 0.00001), QStringLiteral("0.00251"));
    QCOMPARE(formatAmount(3e6), QStringLiteral("3,000,000"));
    QCOMPARE(formatAmount(12.5), QStringLiteral("12.5"));
    QCOMPARE(formatAmount(0.123), QStringLiteral("0.12"));
    QCOMPARE(formatAmount(1.5e15), QStringLiteral("1.5e+15"));
    QCOMPARE(formatDollars(1'550), QStringLiteral("$1,550"));
    QCOMPARE(formatDollars(0.424), QStringLiteral("$0.42"));
    QCOMPARE(formatDollars(-6.5), QStringLiteral("−$6.50"));
    QCOMPARE(formatDollars(1'234.56), QStringLiteral("$1,235"));
    QCOMPARE(formatBytes(1e30), QStringLiteral("1e+18 TB"));
}

void TestFormat::others()
{
    QCOMPARE(formatVolume(12'400'000), QStringLiteral("12.4 M"));
    QCOMPARE(formatVolume(12.34), QStringLiteral("12.3"));
    QCOMPARE(formatPercent(7.08), QStringLiteral("7.1%"));
    QCOMPARE(formatPercent(187), QStringLiteral("187%"));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
