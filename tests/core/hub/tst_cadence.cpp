// What silence is normal for a token: few false alarms whatever its rhythm, and no long wait for a death.
#include "core/hub/cadence.h"
#include "core/model/limits.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace odin;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

using Seconds = std::chrono::duration<double>;

// A token whose gaps a test chooses; counts those that were longer than expected.
class Token
{
public:
    void after(Seconds gap)
    {
        if (const auto expected = cadence.expected(); expected && gap > *expected)
            ++alarms;
        at += std::chrono::duration_cast<SteadyTime::duration>(gap);
        cadence.heard(at);
    }
    void after(Seconds gap, int times)
    {
        for (int i = 0; i < times; ++i)
            after(gap);
    }
    milliseconds expected() const { return cadence.expected().value_or(0ms); }

    Cadence cadence;
    SteadyTime at{1h};
    int alarms = 0;
};

// The generator is the standard's, the gaps are made of it here: the same on every machine.
class Random
{
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    /// Above 0, up to 1.
    double uniform() { return (double(m_engine() >> 11) + 1) * 0x1p-53; }
    Seconds between(double least, double most) { return Seconds(least + (most - least) * uniform()); }
    /// The gaps of a Poisson process.
    Seconds exponential(double mean) { return Seconds(-mean * std::log(uniform())); }

private:
    std::mt19937_64 m_engine;
};

} // namespace

class TestCadence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotKnownAtFirst()
    {
        Token token;
        token.after(0s); // the first update
        QVERIFY(!token.cadence.expected());
        token.after(2s, limits::cadenceGapsMin - 1);
        QVERIFY(!token.cadence.expected());
        token.after(2s);
        QVERIFY(token.cadence.expected());
    }

    void aSteadyRhythm_data()
    {
        QTest::addColumn<double>("gap");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        QTest::newRow("10 ms") << 0.01 << 3000ll << 3000ll;
        QTest::newRow("100 ms") << 0.1 << 3000ll << 3000ll;
        QTest::newRow("1 s") << 1.0 << 3000ll << 3000ll;
        QTest::newRow("10 s") << 10.0 << 20'000ll << 21'000ll;
        QTest::newRow("5 min") << 300.0 << 600'000ll << 620'000ll;
    }

    // Of a steady token the death is seen after two of its gaps.
    void aSteadyRhythm()
    {
        QFETCH(const double, gap);
        Token token;
        token.after(Seconds(gap), std::max(300, int(300 / gap)));
        QCOMPARE(token.alarms, 0);
        QFETCH(const qint64, least);
        QFETCH(const qint64, most);
        QVERIFY2(token.expected().count() >= least && token.expected().count() <= most,
                 qPrintable(QString::number(token.expected().count())));
    }

    // As the simulator publishes.
    void jitter()
    {
        Random random(1);
        Token token;
        for (int i = 0; i < 100'000; ++i)
            token.after(random.between(1, 5));
        QCOMPARE(token.alarms, 0);
        QVERIFY2(token.expected() <= 15s, qPrintable(QString::number(token.expected().count())));
    }

    void randomArrivals_data()
    {
        QTest::addColumn<double>("mean");
        for (const double mean : {0.1, 0.5, 1.0, 3.0, 30.0, 120.0})
            QTest::addRow("%g s", mean) << mean;
    }

    // By the formula in cadence.h, 1 gap in 65,000 is longer than twice the largest of the 256 to 511 before: of 100,000
    // it is 1.5 on average, and above 10 once in a million runs. The mean and deviation, the bounds, and that gaps
    // within a second are counted as one only make it fewer; the first gaps make it more, by 0.02 (see below).
    void randomArrivals()
    {
        QFETCH(const double, mean);
        for (const unsigned seed : {1u, 2u, 3u}) {
            Random random(seed);
            Token token;
            for (int i = 0; i < 100'000; ++i)
                token.after(random.exponential(mean));
            qInfo("mean %g s: %d false alarms, expected %lld ms", mean, token.alarms,
                  (long long)token.expected().count());
            QVERIFY2(token.alarms <= 10, qPrintable(QString::number(token.alarms)));
            QVERIFY(token.expected().count() <= 1000 * std::max(3.0, 60 * mean));
        }
    }

    // A gateway that has just started knows little: of 1,000 tokens with random arrivals few may be called stale while
    // it learns them.
    void randomArrivalsFromTheStart()
    {
        Random random(4);
        int alarms = 0;
        for (int i = 0; i < 1000; ++i) {
            Token token;
            for (int gap = 0; gap < 100; ++gap)
                token.after(random.exponential(3));
            alarms += token.alarms;
        }
        qInfo("%d false alarms", alarms);
        QVERIFY2(alarms <= 60, qPrintable(QString::number(alarms)));
    }

    // Many updates at once and then nothing for a while: the pause is normal, however many they are.
    void bursts_data()
    {
        QTest::addColumn<int>("updates");
        QTest::newRow("of 3") << 3;
        QTest::newRow("of 1000") << 1000;
    }

    void bursts()
    {
        QFETCH(const int, updates);
        Random random(5);
        Token token;
        for (int burst = 0; burst < 600; ++burst) {
            token.after(random.between(10, 20));
            token.after(1ms, updates - 1);
        }
        QCOMPARE(token.alarms, 0);
        QVERIFY(token.expected() >= 20s && token.expected() <= 60s);
    }

    // Two updates of a token in one batch come at one moment.
    void batches()
    {
        Token token;
        for (int batch = 0; batch < 100; ++batch) {
            token.after(4s);
            token.after(0s, 5);
        }
        QCOMPARE(token.alarms, 0);
        QVERIFY(token.expected() >= 8s && token.expected() < 10s);
    }

    void slowerForGoodIsLearnedAgain()
    {
        Token token;
        token.after(100ms, 1000);
        QCOMPARE(token.expected(), 3s);
        token.after(60s, 1000);
        QVERIFY2(token.alarms <= 6, qPrintable(QString::number(token.alarms))); // 3, 6, 12, 24, 48: each doubles it
        QVERIFY(token.alarms > 0);
        QVERIFY(token.expected() >= 60s && token.expected() < 150s);
    }

    void fasterForGoodIsLearnedAgain()
    {
        Token token;
        token.after(60s, 1000);
        QVERIFY(token.expected() >= 120s);
        token.after(100ms, 6000);
        QCOMPARE(token.expected(), 3s);
        QCOMPARE(token.alarms, 0);
    }

    // Else a token that was dead for an hour would have to be dead for two to be seen.
    void aDeathAtMostDoublesWhatIsExpected()
    {
        Token token;
        token.after(5s, 300);
        const auto before = token.expected();
        token.after(10min);
        QCOMPARE(token.alarms, 1);
        QVERIFY(token.expected() > before && token.expected() <= 2 * before * 1.05);
    }

    void anInterruptionTeachesNothing()
    {
        Token token;
        token.after(5s, 300);
        const auto before = token.expected();
        token.cadence.interrupt();
        token.after(40min);
        QCOMPARE(token.expected(), before);
        token.after(5s);
        QVERIFY(token.expected() <= before);
    }

    // What comes right after it is part of what came first, not a gap of its own.
    void anInterruptionBeginsABurst()
    {
        Token token;
        token.after(0s);
        token.after(2s, limits::cadenceGapsMin - 1);
        token.cadence.interrupt();
        token.after(1min);
        token.after(1ms);
        QVERIFY(!token.cadence.expected());
    }

    void whatIsTooRareIsNotJudged()
    {
        Token token;
        token.after(1h, 20);
        QVERIFY(!token.cadence.expected());
        QCOMPARE(token.alarms, 0);
    }

    // A clock that is set back while the past is read must do no harm.
    void timeThatGoesBack()
    {
        Token token;
        token.after(2s, 100);
        token.after(-1h);
        token.after(2s, 100);
        QVERIFY(token.expected() <= 10s);
    }
};

QTEST_APPLESS_MAIN(TestCadence)
#include "tst_cadence.moc"
