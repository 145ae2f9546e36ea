// The messages as the gateway's own check sees them, their digits, their ids, and the split of large batches.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "simulator/market/payload.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'760'000'000'123;
const Quote btc{"BTC", "64218.42", 28'400'000'123.456, -1.23456};

QJsonObject object(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

} // namespace

class TestPayload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digitsSuitThePrice_data()
    {
        QTest::addColumn<double>("price");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("btc") << 64218.4249 << QByteArray("64218.42");
        QTest::newRow("hundred") << 142.36 << QByteArray("142.36");
        QTest::newRow("ten") << 27.81432 << QByteArray("27.8143");
        QTest::newRow("one") << 1.0 << QByteArray("1.0000");
        QTest::newRow("tenth") << 0.123451 << QByteArray("0.12345");
        QTest::newRow("odin") << 0.00251342 << QByteArray("0.0025134");
        QTest::newRow("smallest") << limits::simulatorPriceMin << QByteArray("0.0000000000010000");
        QTest::newRow("largest") << limits::simulatorPriceMax << QByteArray("1000000000000.00");
    }
    void digitsSuitThePrice()
    {
        QFETCH(double, price);
        QTEST(priceDigits(price), "text");
    }

    void priceUpdateIsTheContracts()
    {
        const auto json = priceUpdateJson(btc, PriceSource::Trade, "run.1.trade.BTC.1", now);
        QCOMPARE(json, QByteArray(R"({"type":"price:update","tokenId":"BTC","price":64218.42,)"
                                  R"("volume24h":28400000123.46,"priceChange24h":-1.2346,"timestamp":1760000000123,)"
                                  R"("source":"trade","nonce":"run.1.trade.BTC.1"})"));
        const auto decoded = decodeBusMessage(priceSubject("BTC"), json, now);
        QCOMPARE(decoded.refusals.size(), size_t(0));
        QCOMPARE(decoded.updates.size(), size_t(1));
        QCOMPARE(decoded.updates.front().json, json);
        QCOMPARE(decoded.updates.front().price, 64218.42);
        QCOMPARE(decoded.updates.front().timestampMs, now);
    }

    void zeroChangeHasNoSign()
    {
        const auto json = priceUpdateJson({"A", "1.0000", 0, -0.00001}, PriceSource::Trade, "n", now);
        QVERIFY2(json.contains(R"("priceChange24h":0.0000,)"), json);
    }

    void volumeUpdateIsTheContracts()
    {
        const auto json = volumeUpdateJson(btc, now);
        const auto decoded = decodeBusMessage(volumeSubject("BTC"), json, now);
        QCOMPARE(decoded.updates.size(), size_t(1));
        QCOMPARE(decoded.updates.front().channel, Channel::Volume);
        QCOMPARE(decoded.updates.front().volume24h, 28'400'000'123.46);
    }

    void batchIsTheContracts()
    {
        const std::vector updates{priceUpdateJson(btc, PriceSource::Scheduler, "n1", now),
                                  priceUpdateJson({"ETH", "3187.55", 1, 2}, PriceSource::Scheduler, "n2", now)};
        const auto batches = priceBatchJson(updates, now);
        QCOMPARE(batches.size(), size_t(1));
        QCOMPARE(object(batches.front())["type"_L1].toString(), u"price:batch"_s);
        const auto decoded = decodeBusMessage(batchSubject, batches.front(), now);
        QCOMPARE(decoded.refusals.size(), size_t(0));
        QCOMPARE(decoded.updates.size(), size_t(2));
        QCOMPARE(decoded.updates.back().token, QByteArray("ETH"));
        QCOMPARE(object(decoded.updates.back().json)["source"_L1].toString(), u"scheduler"_s);
        QCOMPARE(object(decoded.updates.back().json)["nonce"_L1].toString(), u"n2"_s);
    }

    void noUpdatesNoBatch() { QVERIFY(priceBatchJson({}, now).empty()); }

    void largeBatchesAreSplit_data()
    {
        QTest::addColumn<int>("nonceBytes");
        QTest::newRow("by number") << 10;
        QTest::newRow("by bytes") << 500;
    }
    void largeBatchesAreSplit()
    {
        QFETCH(int, nonceBytes);
        std::vector<QByteArray> updates;
        for (int i = 0; i < 2500; ++i) {
            const Quote quote{"T" + QByteArray::number(i), "1.0000", 1e9, 1};
            updates.push_back(priceUpdateJson(quote, PriceSource::Scheduler, QByteArray(nonceBytes, 'n'), now));
        }
        size_t entries = 0;
        for (const auto &batch : priceBatchJson(updates, now)) {
            const auto decoded = decodeBusMessage(batchSubject, batch, now);
            QCOMPARE(decoded.refusals.size(), size_t(0));
            entries += decoded.updates.size();
        }
        QCOMPARE(entries, size_t(2500));
    }

    void statisticsSumUp()
    {
        const std::vector<Quote> quotes{{"A", "1", 100, 2}, {"B", "1", 50.5, -4}, {"C", "1", 0, 0}, {"D", "1", 1, 6}};
        const auto json = marketStatisticsJson(quotes, now);
        QCOMPARE(decodeBusMessage(marketSubject, json, now).updates.size(), size_t(1));
        const auto market = object(json);
        QCOMPARE(market["type"_L1].toString(), u"market:statistics"_s);
        QCOMPARE(market["tokens"_L1].toInt(), 4);
        QCOMPARE(market["totalVolume24h"_L1].toDouble(), 151.5);
        QCOMPARE(market["gainers"_L1].toInt(), 2);
        QCOMPARE(market["losers"_L1].toInt(), 1);
        QCOMPARE(market["averageChange24h"_L1].toDouble(), 1.0);
        QCOMPARE(market["topGainer"_L1].toString(), u"D"_s);
        QCOMPARE(market["topLoser"_L1].toString(), u"B"_s);
        QCOMPARE(market["timestamp"_L1].toInteger(), now);
    }

    void statisticsOfNothing()
    {
        const auto json = marketStatisticsJson({}, now);
        QCOMPARE(decodeBusMessage(marketSubject, json, now).updates.size(), size_t(1));
        QCOMPARE(object(json)["tokens"_L1].toInt(-1), 0);
    }

    void idsAreDistinct()
    {
        const MessageIds ids("run", "42");
        QCOMPARE(ids.id("trade", "BTC", 7), QByteArray("run.42.trade.BTC.7"));
        QVERIFY(ids.id("trade", "T1", 1) != ids.id("trade", "T", 11));
        QVERIFY(newRunId() != newRunId());
        QCOMPARE(newRunId().size(), 16);
    }
};

QTEST_APPLESS_MAIN(TestPayload)
#include "tst_payload.moc"
