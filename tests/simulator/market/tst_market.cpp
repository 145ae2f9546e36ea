// All simulated tokens on a clock of the test: who publishes what and when, and that tokens do not disturb each other.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "simulator/market/market.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <cmath>
#include <limits>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const SteadyTime start{1000s};
constexpr qint64 startMs = 1'760'000'000'000;

struct Stamped
{
    std::chrono::milliseconds at; // since start
    BusMessage message;
};

// Everything that is due up to `end`, taken on time.
std::vector<Stamped> runUntil(Market &market, std::chrono::milliseconds end)
{
    std::vector<Stamped> all;
    while (market.next() && *market.next() <= start + end) {
        const auto now = *market.next();
        const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(now - start);
        for (auto &message : market.take(now, startMs + at.count()))
            all.push_back({at, std::move(message)});
    }
    return all;
}

std::vector<Stamped> only(std::vector<Stamped> all, const QByteArray &subject)
{
    std::erase_if(all, [&](const Stamped &s) { return s.message.subject != subject; });
    return all;
}

QJsonObject object(const BusMessage &message) { return QJsonDocument::fromJson(message.payload).object(); }

std::unique_ptr<Market> makeMarket(const std::vector<QByteArray> &tokens, quint64 seed = 1,
                                   const QByteArray &run = "run", Interval interval = {})
{
    return std::make_unique<Market>(tokens, seed, [interval](const QByteArray &) { return interval; }, run, start);
}

// Prices and volumes of a token without nonce and time.
QList<QPair<double, double>> ticks(const std::vector<Stamped> &all, const QByteArray &token)
{
    QList<QPair<double, double>> list;
    for (const auto &stamped : only(all, priceSubject(token))) {
        const auto json = object(stamped.message);
        list.append({json["price"_L1].toDouble(), json["volume24h"_L1].toDouble()});
    }
    return list;
}

} // namespace

class TestMarket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageIsAcceptedAndHasItsOwnId()
    {
        auto market = makeMarket(defaultTokens());
        QSet<QByteArray> ids;
        QSet<QString> nonces;
        qsizetype updates = 0;
        for (const auto &[at, message] : runUntil(*market, 10min)) {
            const auto decoded = decodeBusMessage(message.subject, message.payload, startMs + at.count());
            QVERIFY2(decoded.refusals.empty() && !decoded.updates.empty(), message.payload);
            QVERIFY2(!ids.contains(message.id), message.id);
            ids.insert(message.id);
            for (const auto &update : decoded.updates) {
                QVERIFY(update.channel != Channel::Price || update.price > 0);
                if (update.channel != Channel::Price)
                    continue;
                ++updates;
                nonces.insert(QJsonDocument::fromJson(update.json)["nonce"_L1].toString());
            }
        }
        QVERIFY(updates > 1500);
        QCOMPARE(nonces.size(), updates);
    }

    void aTradesIdIsItsNonce()
    {
        auto market = makeMarket({"BTC"});
        const auto trades = only(runUntil(*market, 1min), priceSubject("BTC"));
        QCOMPARE(trades.front().at, 0ms); // states its price at the start
        QCOMPARE(object(trades.front().message)["price"_L1].toDouble(), 64218.42);
        for (const auto &trade : trades) {
            QCOMPARE(object(trade.message)["nonce"_L1].toString().toLatin1(), trade.message.id);
            QCOMPARE(object(trade.message)["source"_L1].toString(), u"trade"_s);
            QCOMPARE(object(trade.message)["timestamp"_L1].toInteger(), startMs + trade.at.count());
        }
    }

    void sameSeedSameOrderOtherRunOtherIds()
    {
        const auto one = runUntil(*makeMarket(defaultTokens(), 5, "run1"), 5min);
        const auto two = runUntil(*makeMarket(defaultTokens(), 5, "run2"), 5min);
        QCOMPARE(one.size(), two.size());
        for (size_t i = 0; i < one.size(); ++i) {
            QCOMPARE(one[i].at, two[i].at);
            QCOMPARE(QByteArray(one[i].message.payload).replace("run1", "run2"), two[i].message.payload);
            QVERIFY(one[i].message.id != two[i].message.id);
        }
        const auto other = runUntil(*makeMarket(defaultTokens(), 6, "run1"), 5min);
        QVERIFY(ticks(one, "BTC") != ticks(other, "BTC"));
    }

    void aTokenDoesNotCareForOthers()
    {
        const auto alone = ticks(runUntil(*makeMarket({"ETH"}), 5min), "ETH");
        auto crowd = makeMarket({"DOGE", "ETH", "BTC"});
        auto all = runUntil(*crowd, 1min);
        QVERIFY(crowd->change("BTC", {.on = false}, start + 1min).ok());
        for (auto &stamped : runUntil(*crowd, 5min))
            all.push_back(std::move(stamped));
        QCOMPARE(ticks(all, "ETH"), alone);
        QVERIFY(alone.size() > 60);
    }

    void ownPace()
    {
        Market market({"BTC", "ETH"}, 1,
                      [](const QByteArray &token) { return token == "BTC" ? Interval{10ms, 10ms} : Interval{1s, 5s}; },
                      "run", start);
        const auto all = runUntil(market, 10s);
        QCOMPARE(only(all, priceSubject("BTC")).size(), size_t(1001));
        const auto slow = only(all, priceSubject("ETH"));
        for (size_t i = 1; i < slow.size(); ++i)
            QVERIFY(slow[i].at - slow[i - 1].at >= 1s && slow[i].at - slow[i - 1].at <= 5s);
    }

    void batchesStatisticsAndVolumesComeRegularly()
    {
        auto market = makeMarket(defaultTokens());
        const auto all = runUntil(*market, 5min);
        const auto batches = only(all, batchSubject);
        QCOMPARE(batches.size(), size_t(10));
        QCOMPARE(batches.at(0).at, 5s);
        QCOMPARE(batches.at(1).at, 35s);
        const auto decoded = decodeBusMessage(batchSubject, batches.at(0).message.payload, startMs + 5000);
        QCOMPARE(decoded.updates.size(), size_t(10));
        QCOMPARE(only(all, marketSubject).size(), size_t(60));
        const auto volumes = only(all, volumeSubject("BTC")).size();
        QVERIFY(volumes >= 26 && volumes <= 34);
    }

    void offIsSilentAndInNoSum()
    {
        auto market = makeMarket({"BTC", "ETH"});
        QVERIFY(market->change("BTC", {.on = false}, start).ok());
        const auto all = runUntil(*market, 2min);
        QCOMPARE(only(all, priceSubject("BTC")).size(), size_t(0));
        QCOMPARE(only(all, volumeSubject("BTC")).size(), size_t(0));
        const auto batch = only(all, batchSubject).front();
        QVERIFY(!batch.message.payload.contains("BTC") && batch.message.payload.contains("ETH"));
        QCOMPARE(object(only(all, marketSubject).front().message)["tokens"_L1].toInt(), 1);
        QCOMPARE(market->tokens(start).front().on, false);

        QVERIFY(market->change("BTC", {.on = true}, start + 2min).ok());
        const auto later = only(runUntil(*market, 3min), priceSubject("BTC"));
        QVERIFY(later.front().at >= 2min + 1s && later.front().at <= 2min + 5s);
    }

    void allOffNeverWakes()
    {
        auto market = makeMarket({"BTC", "ETH"});
        QVERIFY(market->change("BTC", {.on = false}, start).ok());
        QVERIFY(market->change("ETH", {.on = false}, start).ok());
        QVERIFY(!market->next());
        QVERIFY(market->take(start + 24h, startMs).empty());
        QVERIFY(market->change("ETH", {.on = true}, start + 24h).ok());
        QVERIFY(*market->next() > start + 24h);
    }

    void volatilityAndDriftActFromTheNextTrade()
    {
        auto market = makeMarket({"BTC"}, 1, "run", {1s, 1s});
        const double last = ticks(runUntil(*market, 10s), "BTC").back().first;
        QVERIFY(market->change("BTC", {.volatility = 0, .drift = 0}, start + 10s).ok());
        QCOMPARE(market->tokens(start).front().volatility, 0.0);
        for (const auto &[price, _] : ticks(runUntil(*market, 20s), "BTC"))
            QVERIFY(std::abs(price / last - 1) < 0.05); // jumps alone are left
        QVERIFY(market->change("BTC", {.volatility = 100}, start + 20s).ok());
        double most = 0;
        for (const auto &[price, _] : ticks(runUntil(*market, 2min), "BTC"))
            most = std::max(most, std::abs(std::log(price / last)));
        QVERIFY2(most > 0.02, qPrintable(QString::number(most)));
    }

    void aBadChangeChangesNothing_data()
    {
        QTest::addColumn<SimulatedTokenChange>("change");
        const auto nan = std::nan("");
        QTest::newRow("interval") << SimulatedTokenChange{.on = false, .intervalMin = 9ms};
        QTest::newRow("order") << SimulatedTokenChange{.on = false, .intervalMin = 20s, .intervalMax = 10s};
        QTest::newRow("order with what is") << SimulatedTokenChange{.on = false, .intervalMin = 6s};
        QTest::newRow("volatility") << SimulatedTokenChange{.on = false, .volatility = -0.1};
        QTest::newRow("volatility of NaN") << SimulatedTokenChange{.on = false, .volatility = nan};
        QTest::newRow("drift") << SimulatedTokenChange{.on = false, .drift = 101};
        QTest::newRow("drift of NaN") << SimulatedTokenChange{.on = false, .drift = nan};
    }
    void aBadChangeChangesNothing()
    {
        QFETCH(SimulatedTokenChange, change);
        auto market = makeMarket({"BTC"});
        const auto before = market->tokens(start);
        const auto refused = market->change("BTC", change, start);
        QVERIFY(!refused.ok());
        QVERIFY(!refused.error().text.isEmpty());
        QCOMPARE(market->tokens(start), before);
    }

    void aNewListingHasNoPast()
    {
        auto market = makeMarket({"BTC"}, 1, "run", {1s, 1s});
        runUntil(*market, 10s);
        QVERIFY(market->list({"NEW-1", 2.5}, start + 10s).ok());
        const auto all = runUntil(*market, 1min);
        const auto trades = only(all, priceSubject("NEW-1"));
        QCOMPARE(trades.front().at, 10s); // at once
        const auto first = object(trades.front().message);
        QCOMPARE(first["price"_L1].toDouble(), 2.5);
        QCOMPARE(first["volume24h"_L1].toDouble(), 0.0);
        QCOMPARE(first["priceChange24h"_L1].toDouble(), 0.0);
        QCOMPARE(trades.size(), size_t(51));
        QVERIFY(only(all, batchSubject).back().message.payload.contains("NEW-1"));
        QCOMPARE(market->tokens(start).size(), size_t(2));
    }

    void aListingWakesAMarketThatIsOff()
    {
        auto market = makeMarket({"BTC"});
        QVERIFY(market->change("BTC", {.on = false}, start).ok());
        QVERIFY(market->list({"NEW", 1}, start).ok());
        QVERIFY(!only(runUntil(*market, 1min), batchSubject).empty());
    }

    void listingsThatCannotBe()
    {
        auto market = makeMarket({"BTC"});
        for (const char *name : {"", "BTC", "A B", "Ã¤", "a.b", "*", "123456789012345678901234567890123"})
            QVERIFY2(!market->list({name, 1}, start).ok(), name);
        for (const double price : {0.0, -1.0, 1e13, std::nan(""), std::numeric_limits<double>::infinity()})
            QVERIFY2(!market->list({"NEW", price}, start).ok(), qPrintable(QString::number(price)));
        for (int i = 1; i < limits::simulatorTokensMax; ++i)
            QVERIFY(market->list({"T" + QByteArray::number(i), 1}, start).ok());
        QVERIFY(!market->list({"ONE-MORE", 1}, start).ok());
    }

    void commandsOfUnknownTokens()
    {
        auto market = makeMarket({"BTC"});
        QVERIFY(!market->change("XYZ", {.on = false}, start).ok());
        QVERIFY(!market->change("XYZ", {.intervalMin = 10ms, .intervalMax = 20ms}, start).ok());
        QVERIFY(market->change("BTC", {.intervalMin = 10ms, .intervalMax = 20ms}, start).ok());
        const auto btc = market->tokens(start).front();
        QCOMPARE(btc.token, QByteArray("BTC"));
        QCOMPARE(btc.intervalMin, 10ms);
        QCOMPARE(btc.intervalMax, 20ms);
        QCOMPARE(btc.volatility, 0.5);
    }
};

QTEST_APPLESS_MAIN(TestMarket)
#include "tst_market.moc"
