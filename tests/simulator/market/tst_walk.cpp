// The random streams and the walk: reproducible, distributed as the formula says, never out of bounds.
#include "core/model/limits.h"
#include "simulator/market/walk.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace odin;
using namespace std::chrono_literals;

namespace {

struct Sample
{
    double mean = 0;
    double variance = 0;
};

template<class Draw>
Sample sample(int count, Draw draw)
{
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; ++i) {
        const double value = draw();
        sum += value;
        squares += value * value;
    }
    return {sum / count, squares / count - sum / count * sum / count};
}

// Mean within 5 standard errors, variance too (of the variance of a normal: variance * sqrt(2 / n)).
void compareNormal(const Sample &got, double mean, double variance, int count)
{
    QVERIFY2(std::abs(got.mean - mean) < 5 * std::sqrt(variance / count), qPrintable(QString::number(got.mean)));
    QVERIFY2(std::abs(got.variance - variance) < 5 * variance * std::sqrt(2.0 / count),
             qPrintable(QString::number(got.variance)));
}

} // namespace

class TestWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsAreFixed()
    {
        Random random(42, "BTC");
        QCOMPARE(random.next(), quint64(0x5c47c8a42d6599dc));
        QCOMPARE(random.next(), quint64(0xdc80e296451ffa29));
        QCOMPARE(stableHash(""), quint64(0xcbf29ce484222325)); // the published test vectors of FNV-1a
        QCOMPARE(stableHash("foobar"), quint64(0x85944171f73967e8));
    }

    void streamsDiffer()
    {
        QVERIFY(Random(42, "BTC").next() != Random(42, "ETH").next());
        QVERIFY(Random(42, "BTC").next() != Random(43, "BTC").next());
        QCOMPARE(Random(42, "BTC").next(), Random(42, "BTC").next());
    }

    void betweenKeepsBothEnds()
    {
        Random random(1, "between");
        QList<int> seen(3, 0);
        for (int i = 0; i < 3000; ++i) {
            const auto value = random.between(10, 12);
            QVERIFY(value >= 10 && value <= 12);
            ++seen[value - 10];
        }
        for (const int count : seen)
            QVERIFY2(count > 850 && count < 1150, qPrintable(QString::number(count)));
    }

    void normalIsStandard()
    {
        Random random(1, "normal");
        constexpr int count = 200'000;
        compareNormal(sample(count, [&] { return random.normal(); }), 0, 1, count);
    }

    void poissonHasItsMean()
    {
        Random random(1, "poisson");
        constexpr int count = 100'000;
        const auto got = sample(count, [&] { return random.poisson(2.5); });
        QVERIFY(std::abs(got.mean - 2.5) < 5 * std::sqrt(2.5 / count));
        QVERIFY(std::abs(got.variance - 2.5) < 0.1);
        QCOMPARE(Random(1, "none").poisson(0), 0);
        QVERIFY(Random(1, "huge").poisson(1e300) < 100);
    }

    void logReturnsAreThoseOfTheFormula()
    {
        constexpr int count = 100'000;
        constexpr double years = 1.0 / 365;
        quint64 seed = 0;
        const auto got = sample(count, [&] {
            return std::log(Walk(100, {0.6, 0.3, 0, 0}, Random(++seed, "returns")).step(24h) / 100);
        });
        compareNormal(got, (0.3 - 0.6 * 0.6 / 2) * years, 0.6 * 0.6 * years, count);
    }

    void manySmallStepsAreOneBigStep()
    {
        constexpr int count = 2000;
        quint64 seed = 0;
        const auto got = sample(count, [&] {
            Walk walk(100, {0.6, 0, 0, 0}, Random(++seed, "small"));
            for (int i = 0; i < 100; ++i)
                walk.step(864s);
            return std::log(walk.price() / 100);
        });
        compareNormal(got, -0.18 / 365, 0.36 / 365, count);
    }

    void jumpsWidenTheReturnsButKeepTheGrowth()
    {
        constexpr int count = 100'000;
        constexpr double years = 1.0 / 365;
        const WalkParameters parameters{0.5, 0, 200, 0.05};
        quint64 seed = 0;
        const auto growth = sample(count, [&] {
            return Walk(1, parameters, Random(++seed, "jumps")).step(24h) - 1;
        });
        const double variance = (0.5 * 0.5 + 200 * 0.05 * 0.05) * years;
        QVERIFY2(std::abs(growth.mean) < 5 * std::sqrt(variance / count), qPrintable(QString::number(growth.mean)));
        QVERIFY2(std::abs(growth.variance / variance - 1) < 0.1, qPrintable(QString::number(growth.variance)));
    }

    void noTimeIsNoMove()
    {
        Walk walk(64218.42, {0.5, 0.1, 50, 0.02}, Random(1, "still"));
        QCOMPARE(walk.step(0ms), 64218.42);
        QCOMPARE(walk.step(-5s), 64218.42);
    }

    void newParametersDoNotMoveThePrice()
    {
        Walk walk(100, {0.6, 0, 0, 0}, Random(1, "change"));
        walk.step(24h);
        const double price = walk.price();
        walk.setParameters({0, 0, 0, 0});
        QCOMPARE(walk.price(), price);
        QCOMPARE(walk.step(24h), price); // nothing moves it now
        walk.setParameters({0, 1, 0, 0});
        QVERIFY(std::abs(walk.step(24h * 365) / price - std::exp(1)) < 1e-9); // one year's growth
        walk.scale(0.5);
        QVERIFY(std::abs(walk.price() / price - std::exp(1) / 2) < 1e-9);
        walk.scale(std::nan(""));
        QCOMPARE(walk.price(), limits::simulatorPriceMin);
    }

    void anyParameterGivesAPrice_data()
    {
        QTest::addColumn<double>("value");
        for (const double value : {0.0, -1.0, 1e-300, 1e300, std::numeric_limits<double>::infinity(),
                                   -std::numeric_limits<double>::infinity(), std::nan("")})
            QTest::addRow("%g", value) << value;
    }
    void anyParameterGivesAPrice()
    {
        QFETCH(double, value);
        const std::array walks{
            Walk(value, {0.5, 0, 10, 0.1}, Random(1, "a")), Walk(1, {value, 0, 10, 0.1}, Random(1, "b")),
            Walk(1, {0.5, value, 10, 0.1}, Random(1, "c")), Walk(1, {0.5, 0, value, 0.1}, Random(1, "d")),
            Walk(1, {0.5, 0, 10, value}, Random(1, "e")),   Walk(1, {value, value, value, value}, Random(1, "f")),
        };
        for (auto walk : walks) {
            for (const auto dt : {std::chrono::milliseconds(10), std::chrono::milliseconds(1h),
                                  std::chrono::milliseconds(24h * 3650)}) {
                const double price = walk.step(dt);
                QVERIFY(price >= limits::simulatorPriceMin && price <= limits::simulatorPriceMax);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestWalk)
#include "tst_walk.moc"
