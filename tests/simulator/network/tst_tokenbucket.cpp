// The bandwidth limit, on a clock of the test's own.
#include "simulator/network/tokenbucket.h"

#include <QTest>

#include <random>

using namespace odin;
using namespace std::chrono_literals;

class TestTokenBucket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unlimitedAtFirst()
    {
        TokenBucket bucket;
        QCOMPARE(bucket.allowance(m_start), TokenBucket::unlimited);
        QCOMPARE(bucket.whenAllowed(1'000'000'000), SteadyTime{});
    }

    void neverMoreThanRateAndBurst_data()
    {
        QTest::addColumn<qint64>("rate");
        for (const qint64 rate : {1, 7, 1'000, 333'333, 1'000'000'000})
            QTest::addRow("%lld bytes a second", static_cast<long long>(rate)) << rate;
    }
    void neverMoreThanRateAndBurst()
    {
        QFETCH(qint64, rate);
        TokenBucket bucket;
        bucket.setRate(rate, m_start);
        double passed = 0;
        std::minstd_rand random(4);
        for (auto now = m_start; now < m_start + 100s; now += std::chrono::microseconds(random() % 200'000)) {
            const auto allowed = bucket.allowance(now);
            bucket.take(allowed);
            passed += double(allowed);
            const double seconds = std::chrono::duration<double>(now - m_start).count();
            QVERIFY(passed <= double(rate) * seconds + double(bucket.burst()) + 1e-3 * double(rate));
        }
        QVERIFY(passed > 0);
    }

    void allowsAtTheTimeThatItTold()
    {
        TokenBucket bucket;
        bucket.setRate(999, m_start);
        auto now = m_start;
        for (int round = 0; round < 1'000; ++round) {
            now = std::max(now, bucket.whenAllowed(5));
            QVERIFY(bucket.allowance(now) >= 5);
            bucket.take(5);
        }
        const double seconds = std::chrono::duration<double>(now - m_start).count();
        QVERIFY2(std::abs(seconds - 5'000 / 999.) < 0.1, qPrintable(QString::number(seconds)));
    }

    void theSameRateAgainFillsNothing()
    {
        TokenBucket bucket;
        bucket.setRate(1'000, m_start);
        bucket.take(bucket.allowance(m_start));
        bucket.setRate(1'000, m_start);
        QCOMPARE(bucket.allowance(m_start), std::size_t(0));
        bucket.setRate(0, m_start);
        QCOMPARE(bucket.allowance(m_start), TokenBucket::unlimited);
    }

private:
    const SteadyTime m_start = SteadyTime{} + 1h;
};

QTEST_APPLESS_MAIN(TestTokenBucket)
#include "tst_tokenbucket.moc"
