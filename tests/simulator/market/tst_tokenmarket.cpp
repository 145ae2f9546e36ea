// One simulated token: the same seed gives the same ticks, and its 24 hours agree with what it published.
#include "core/wire/buspayload.h"
#include "simulator/market/tokenmarket.h"

#include <QCryptographicHash>
#include <QTest>

#include <deque>

using namespace odin;
using namespace std::chrono_literals;

namespace {

// Ticks as they are published: prices, volumes and changes, at intervals drawn as the market draws them.
QByteArray hashOfTicks(const QByteArray &token, quint64 seed, int count)
{
    TokenMarket market(profileOf(token), seed);
    Random intervals(seed, "test");
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (int i = 0; i < count; ++i) {
        const auto &quote = market.tick(std::chrono::milliseconds(intervals.between(1000, 5000)));
        hash.addData(priceUpdateJson(quote, PriceSource::Trade, "nonce", 0));
    }
    return hash.result().toHex();
}

} // namespace

class TestTokenMarket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSeedSameTicks()
    {
        QCOMPARE(hashOfTicks("BTC", 42, 10'000), QByteArray("0b9e065b32814b99368580df02ec7d356effc97b"));
        QCOMPARE(hashOfTicks("ODIN", 42, 10'000), QByteArray("d808d606ffed55aa1f0fb3b99518548dc6d9ff61"));
    }

    void otherSeedOtherTicks()
    {
        QVERIFY(hashOfTicks("BTC", 42, 10) != hashOfTicks("BTC", 43, 10));
        QCOMPARE(hashOfTicks("BTC", 42, 10), hashOfTicks("BTC", 42, 10));
    }

    void startsAtItsPriceAfterADay()
    {
        for (const auto &token : defaultTokens()) {
            const auto profile = profileOf(token);
            TokenMarket market(profile, 1);
            const auto before = market.quote();
            const auto &opening = market.tick(0ms);
            QCOMPARE(opening.price.toDouble(), profile.price); // the catalog's digits survive
            QCOMPARE(opening.price, before.price);
            QVERIFY(opening.volume24h > profile.dailyVolume * 0.8 && opening.volume24h < profile.dailyVolume * 1.2);
            QVERIFY(qAbs(opening.priceChange24h) > 0 && qAbs(opening.priceChange24h) < 60);
            QCOMPARE(market.ticks(), quint64(1));
        }
    }

    // After a day of its own every price of the window was published here: compare with those.
    void changeIsOfPublishedPrices()
    {
        TokenMarket market(profileOf("ETH"), 3);
        std::deque<double> prices;
        for (int i = 0; i < 1440 * 2; ++i) { // one tick a minute
            const auto &quote = market.tick(1min);
            prices.push_back(quote.price.toDouble());
            if (prices.size() <= 1440)
                continue;
            const double expected = (prices.back() / prices.front() - 1) * 100;
            QVERIFY(qAbs(quote.priceChange24h - expected) < 1e-9);
            prices.pop_front();
        }
        QVERIFY(market.quote().volume24h > profileOf("ETH").dailyVolume * 0.8);
        QVERIFY(market.quote().volume24h < profileOf("ETH").dailyVolume * 1.2);
    }

    void catalogHasTenRealTokens()
    {
        const auto tokens = defaultTokens();
        QCOMPARE(tokens.size(), size_t(10));
        for (const auto &token : tokens) {
            const auto profile = profileOf(token);
            QVERIFY(isValidTokenId(token));
            QCOMPARE(profile.token, token);
            QVERIFY(profile.price > 0 && profile.dailyVolume > 1e5 && profile.walk.volatility > 0.1);
        }
    }

    void anyOtherNameIsPlausibleAndStable()
    {
        const auto one = profileOf("MYCOIN");
        const auto again = profileOf("MYCOIN");
        QCOMPARE(one.price, again.price);
        QCOMPARE(one.dailyVolume, again.dailyVolume);
        QVERIFY(profileOf("OTHER").price != one.price);
        for (int i = 0; i < 1000; ++i) {
            const auto profile = profileOf("T" + QByteArray::number(i));
            QVERIFY(profile.price >= 0.001 && profile.price <= 1000);
            QVERIFY(profile.dailyVolume >= 1e5 && profile.dailyVolume <= 1e9);
            QVERIFY(profile.walk.volatility >= 0.6 && profile.walk.volatility <= 1.4);
        }
    }
};

QTEST_APPLESS_MAIN(TestTokenMarket)
#include "tst_tokenmarket.moc"
