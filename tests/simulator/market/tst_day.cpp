// The rolling 24 hours: what counts, what has left, and that time may behave badly.
#include "simulator/market/day.h"

#include <QTest>

#include <deque>

using namespace odin;
using namespace std::chrono_literals;

class TestDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsEmpty()
    {
        const Day day;
        QCOMPARE(day.volume24h(), 0.0);
        QCOMPARE(day.priceChange24h(), 0.0);
    }

    void comparesWithTheFirstPriceAtFirst()
    {
        Day day;
        day.trade(0h, 100, 5);
        QCOMPARE(day.priceChange24h(), 0.0);
        day.trade(1h, 110, 7);
        QCOMPARE(day.volume24h(), 12.0);
        QCOMPARE(qRound(day.priceChange24h() * 1e6), 10'000'000);
    }

    void forgetsAfterADay()
    {
        Day day;
        day.trade(0h, 100, 5);
        day.trade(1h, 200, 7);
        day.trade(24h + 59min, 210, 1); // 1:00 is still inside, 0:00 is not
        QCOMPARE(day.volume24h(), 8.0);
        QCOMPARE(day.priceChange24h(), 110.0); // 24 hours ago the price was 100
        day.trade(25h, 220, 1); // now 1:00 is outside, and its 200 is the price of 24 hours ago
        QCOMPARE(day.volume24h(), 2.0);
        QCOMPARE(qRound(day.priceChange24h()), 10);
    }

    void survivesALongSilence()
    {
        Day day;
        day.trade(0h, 100, 5);
        day.trade(24h * 400, 150, 3);
        QCOMPARE(day.volume24h(), 3.0);
        QCOMPARE(day.priceChange24h(), 50.0);
    }

    void anOlderTradeCountsAsNow()
    {
        Day day;
        day.trade(10h, 100, 5);
        day.trade(9h, 120, 1);
        QCOMPARE(day.volume24h(), 6.0);
        QCOMPARE(qRound(day.priceChange24h()), 20);
    }

    void aTradeOfLongAgoStartsAnew()
    {
        Day day;
        day.trade(1000h, 100, 5);
        day.trade(10h, 50, 1);
        QCOMPARE(day.volume24h(), 1.0);
        QCOMPARE(day.priceChange24h(), 0.0);
    }

    void worksBefore1970()
    {
        Day day;
        day.trade(-30s, 100, 1);
        day.trade(30s, 110, 2);
        QCOMPARE(day.volume24h(), 3.0);
        QCOMPARE(qRound(day.priceChange24h()), 10);
    }

    // Against a list of all trades, over three days of a trade every 17 s with whole volumes (exact in a double).
    void agreesWithCountingAll()
    {
        struct Trade { std::chrono::milliseconds at; double price; double volume; };
        std::deque<Trade> all;
        Day day;
        double before = 1;
        for (auto at = 0ms; at < 72h; at += 17s) {
            all.push_back({at, 1.0 + double(at.count() / 1000 % 977), double(at.count() / 1000 % 31)});
            day.trade(at, all.back().price, all.back().volume);
            const auto edge = std::chrono::floor<std::chrono::minutes>(at) - 24h + 1min;
            while (all.front().at < edge) {
                before = all.front().price;
                all.pop_front();
            }
            double volume = 0;
            if (at.count() / 17'000 % 50 != 0)
                continue; // the sum over a day is slow: look now and then
            for (const auto &trade : all)
                volume += trade.volume;
            QCOMPARE(day.volume24h(), volume);
            if (at > 24h)
                QVERIFY(qAbs(day.priceChange24h() - (all.back().price / before - 1) * 100) < 1e-9);
        }
    }
};

QTEST_APPLESS_MAIN(TestDay)
#include "tst_day.moc"
