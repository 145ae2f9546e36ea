// Histogram: percentiles against those of the sorted values, to the 1/32 that it promises.
#include "core/base/histogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>

using namespace odin;
using namespace std::chrono_literals;
using Micros = std::chrono::microseconds;

class TestHistogram : public QObject
{
    Q_OBJECT

    static std::int64_t exactPercentile(const std::vector<std::int64_t> &sorted, double p)
    {
        const auto rank = std::ceil(p / 100.0 * static_cast<double>(sorted.size()) - 1e-6);
        return sorted.at(static_cast<std::size_t>(std::max(1.0, rank)) - 1);
    }

private Q_SLOTS:
    void stepsCoverEveryValueWithoutAGap()
    {
        std::uint64_t previous = Histogram::upperEdgeMicros(0);
        QCOMPARE(previous, std::uint64_t(0));
        for (int step = 1; step < Histogram::steps; ++step) {
            const std::uint64_t edge = Histogram::upperEdgeMicros(step);
            QCOMPARE(Histogram::stepOf(previous + 1), step);
            QCOMPARE(Histogram::stepOf(edge), step);
            QVERIFY((edge - previous - 1) * 32 <= previous + 1); // a step is at most 1/32 wide
            previous = edge;
        }
        QCOMPARE(previous, (std::uint64_t(1) << 32) - 1); // 71 minutes
    }

    void countsStrangeValuesAtTheEnds()
    {
        Histogram histogram;
        histogram.record(-5s);
        histogram.record(999ns);
        histogram.record(48h);
        histogram.record(std::chrono::nanoseconds::max());
        const auto snapshot = histogram.snapshot();
        QCOMPARE(snapshot.count(), std::uint64_t(4));
        QCOMPARE(snapshot.percentile(50), 0us);
        QCOMPARE(snapshot.max(), Micros((std::int64_t(1) << 32) - 1));
    }

    void isAllZeroWhenEmpty()
    {
        for (const auto &snapshot : {HistogramSnapshot(), Histogram().snapshot()}) {
            QCOMPARE(snapshot.count(), std::uint64_t(0));
            QCOMPARE(snapshot.percentile(99), 0us);
            QCOMPARE(snapshot.max(), 0us);
            QCOMPARE(snapshot.meanMicros(), 0.0);
        }
    }

    void isExactForSmallValues()
    {
        Histogram histogram;
        for (int micros = 1; micros <= 50; ++micros)
            histogram.record(Micros(micros));
        const auto snapshot = histogram.snapshot();
        QCOMPARE(snapshot.percentile(50), 25us);
        QCOMPARE(snapshot.percentile(98), 49us);
        QCOMPARE(snapshot.percentile(0), 1us);
        QCOMPARE(snapshot.percentile(1000), 50us);
        QCOMPARE(snapshot.max(), 50us);
        QCOMPARE(snapshot.meanMicros(), 25.5);
    }

    void percentilesAreRight()
    {
        std::mt19937 random(42);
        std::lognormal_distribution<double> latency(7.0, 1.5); // around a millisecond, with a long tail
        Histogram histogram;
        std::vector<std::int64_t> values;
        for (int i = 0; i < 100'000; ++i) {
            values.push_back(static_cast<std::int64_t>(latency(random)));
            histogram.record(Micros(values.back()));
        }
        std::sort(values.begin(), values.end());
        const auto snapshot = histogram.snapshot();
        for (const double p : {0.1, 1.0, 25.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
            const std::int64_t exact = exactPercentile(values, p);
            const std::int64_t measured = snapshot.percentile(p).count();
            QVERIFY2(measured >= exact && (measured - exact) * 32 <= exact, qPrintable(QString::number(p)));
        }
    }

    void weighsValuesRecordedTogether()
    {
        Histogram histogram;
        histogram.record(10us, 999);
        histogram.record(40us);
        const auto snapshot = histogram.snapshot();
        QCOMPARE(snapshot.count(), std::uint64_t(1000));
        QCOMPARE(snapshot.percentile(99.9), 10us);
        QCOMPARE(snapshot.percentile(99.95), 40us);
        QCOMPARE(snapshot.meanMicros(), 10.03);
    }

    void merges()
    {
        Histogram a;
        Histogram b;
        a.record(10us, 2);
        b.record(30us, 2);
        HistogramSnapshot sum;
        sum += a.snapshot();
        sum += b.snapshot();
        sum += HistogramSnapshot();
        QCOMPARE(sum.count(), std::uint64_t(4));
        QCOMPARE(sum.percentile(50), 10us);
        QCOMPARE(sum.percentile(75), 30us);
        QCOMPARE(sum.meanMicros(), 20.0);
    }

    void subtracts()
    {
        Histogram histogram;
        histogram.record(10us, 100);
        const auto earlier = histogram.snapshot();
        histogram.record(50us, 3);
        const auto since = histogram.snapshot() - earlier;
        QCOMPARE(since.count(), std::uint64_t(3));
        QCOMPARE(since.percentile(1), 50us);
        QCOMPARE(since.meanMicros(), 50.0);
        QCOMPARE((earlier - HistogramSnapshot()).count(), std::uint64_t(100));
        QCOMPARE((HistogramSnapshot() - earlier).count(), std::uint64_t(0));
        QCOMPARE((earlier - histogram.snapshot()).count(), std::uint64_t(0)); // never negative
    }

    void isReadWhileItIsWritten()
    {
        constexpr std::uint64_t records = 200'000;
        Histogram histogram;
        std::thread writer([&histogram] {
            for (std::uint64_t i = 0; i < records; ++i)
                histogram.record(Micros(i % 5000));
        });
        std::uint64_t seen = 0;
        bool grows = true;
        while (seen < records && grows) {
            const std::uint64_t count = histogram.snapshot().count();
            grows = count >= seen;
            seen = count;
        }
        writer.join();
        QVERIFY(grows);
        QCOMPARE(histogram.snapshot().count(), records);
    }
};

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
