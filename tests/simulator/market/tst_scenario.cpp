// What each scenario does: as a function of time, and to the messages of a market on a clock of the test.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "simulator/market/market.h"
#include "simulator/market/scenario.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <limits>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Milliseconds = std::chrono::milliseconds;

const SteadyTime start{1000s};
constexpr Scenario crash{.kind = ScenarioKind::FlashCrash, .duration = 60s, .strength = 0.4};
constexpr Scenario halt{.kind = ScenarioKind::Halt, .duration = 20s};
constexpr Scenario burst{.kind = ScenarioKind::Burst, .duration = 10s, .strength = 10};
constexpr Scenario stuck{.kind = ScenarioKind::StuckFeed, .duration = 20s};

struct Said
{
    Milliseconds at{0}; // since start
    double price = 0;
    qint64 timestampMs = 0;
};

std::unique_ptr<Market> makeMarket(Interval interval = {1s, 1s}, quint64 seed = 1)
{
    return std::make_unique<Market>(
        std::vector<QByteArray>{"BTC", "ETH"}, seed, [interval](const QByteArray &) { return interval; }, "run", start);
}

// The trades of a token that are due up to `end`, taken on time.
QList<Said> runUntil(Market &market, Milliseconds end, const QByteArray &token = "BTC")
{
    QList<Said> said;
    while (market.next() && *market.next() <= start + end) {
        const auto now = *market.next();
        const auto at = std::chrono::duration_cast<Milliseconds>(now - start);
        for (const auto &message : market.take(now, at.count())) {
            if (message.subject != priceSubject(token))
                continue;
            const auto json = QJsonDocument::fromJson(message.payload).object();
            said.append({at, json["price"_L1].toDouble(), json["timestamp"_L1].toInteger()});
        }
    }
    return said;
}

SimulatedToken btc(const Market &market, Milliseconds at) { return market.tokens(start + at).front(); }

// Without noise the price is what the scenario makes of it.
void calm(Market &market) { QVERIFY(market.change("BTC", {.volatility = 0}, start).ok()); }

} // namespace

class TestScenario : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCrashFallsAndWinsMostOfItBack()
    {
        QCOMPARE(effectOf(crash, 0s).priceFactor, 1.0);
        QCOMPARE(effectOf(crash, 2500ms).priceFactor, 0.8); // half of the way down
        QCOMPARE(effectOf(crash, 5s).priceFactor, 0.6); // the bottom, after a twelfth
        double before = 0.6;
        for (auto t = 6s; t <= 60s; t += 1s) {
            const double now = effectOf(crash, t).priceFactor;
            QVERIFY(now > before);
            before = now;
        }
        QCOMPARE(effectOf(crash, 60s).priceFactor, 1 - 0.4 * 0.2);
        QCOMPARE(effectOf(crash, 2h).priceFactor, effectOf(crash, 60s).priceFactor);
        QCOMPARE(effectOf(crash, -1s).priceFactor, 1.0);
    }

    void bounds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<double>("strength");
        QTest::addColumn<bool>("good");
        const auto nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("crash") << int(ScenarioKind::FlashCrash) << 60 << 0.5 << true;
        QTest::newRow("crash of nothing") << int(ScenarioKind::FlashCrash) << 60 << 0.0 << false;
        QTest::newRow("crash of all") << int(ScenarioKind::FlashCrash) << 60 << 1.0 << false;
        QTest::newRow("crash of NaN") << int(ScenarioKind::FlashCrash) << 60 << nan << false;
        QTest::newRow("no time") << int(ScenarioKind::Halt) << 0 << 0.0 << false;
        QTest::newRow("less than none") << int(ScenarioKind::Halt) << -5 << 0.0 << false;
        QTest::newRow("an hour") << int(ScenarioKind::Halt) << 3600 << 0.0 << true;
        QTest::newRow("more than an hour") << int(ScenarioKind::StuckFeed) << 3601 << 0.0 << false;
        QTest::newRow("burst") << int(ScenarioKind::Burst) << 5 << 100.0 << true;
        QTest::newRow("burst of once") << int(ScenarioKind::Burst) << 5 << 1.0 << false;
        QTest::newRow("burst without end") << int(ScenarioKind::Burst) << 5 << 1e9 << false;
    }
    void bounds()
    {
        QFETCH(int, kind);
        QFETCH(int, seconds);
        QFETCH(double, strength);
        QFETCH(bool, good);
        const Scenario scenario{ScenarioKind(kind), std::chrono::seconds(seconds), strength};
        QCOMPARE(checkScenario(scenario).ok(), good);
        QCOMPARE(makeMarket()->start({"BTC", scenario}, start).ok(), good);
    }

    void aCrashIsSeenInThePrices()
    {
        auto market = makeMarket();
        calm(*market);
        const double before = runUntil(*market, 10s).back().price;
        QVERIFY(market->start({"BTC", crash}, start + 10s).ok());
        const auto said = runUntil(*market, 70s);
        QVERIFY(said.size() > 200); // four times as often
        const auto lowest = std::ranges::min_element(said, {}, &Said::price);
        QVERIFY(std::abs(lowest->price / before - 0.6) < 0.02);
        QVERIFY(lowest->at >= 14s && lowest->at <= 16s);
        QVERIFY(!btc(*market, 70s).scenario);
        const auto after = runUntil(*market, 100s);
        QVERIFY(after.size() <= 31);
        for (const auto &trade : after)
            QVERIFY(std::abs(trade.price / before - 0.92) < 0.02); // it stays where the crash left it
    }

    void endedEarlyTheCrashLeavesThePriceWhereItIs()
    {
        auto market = makeMarket();
        calm(*market);
        const double before = runUntil(*market, 10s).back().price;
        QVERIFY(market->start({"BTC", crash}, start + 10s).ok());
        const double bottom = runUntil(*market, 15s).back().price;
        QVERIFY(std::abs(bottom / before - 0.6) < 0.05);
        QVERIFY(market->end({"BTC"}, start + 15s).ok());
        for (const auto &trade : runUntil(*market, 60s))
            QVERIFY(std::abs(trade.price / before - 0.6) < 0.02);
    }

    void aHaltIsSilentAndEndsByItself()
    {
        auto market = makeMarket();
        runUntil(*market, 10s);
        QVERIFY(market->start({"BTC", halt}, start + 10s).ok());
        QCOMPARE(btc(*market, 15s).scenario->left, 15s);
        QVERIFY(btc(*market, 15s).on); // the switch is the operator's
        const auto said = runUntil(*market, 60s);
        QCOMPARE(said.front().at, 31s); // an interval after its end
        QCOMPARE(said.size(), qsizetype(30));
        QVERIFY(!btc(*market, 60s).scenario);
    }

    void aHaltOfAllEndsToo()
    {
        auto market = makeMarket();
        runUntil(*market, 10s);
        for (const char *token : {"BTC", "ETH"})
            QVERIFY(market->start({token, halt}, start + 10s).ok());
        QCOMPARE(*market->next(), start + 30s);
        QCOMPARE(runUntil(*market, 31s).size(), qsizetype(1));
    }

    void switchedOffDuringAHaltItStaysOff()
    {
        auto market = makeMarket();
        runUntil(*market, 10s);
        QVERIFY(market->start({"BTC", halt}, start + 10s).ok());
        QVERIFY(market->change("BTC", {.on = false}, start + 12s).ok());
        QCOMPARE(runUntil(*market, 60s).size(), qsizetype(0));
        QVERIFY(market->change("BTC", {.on = true}, start + 60s).ok());
        QCOMPARE(runUntil(*market, 61s).size(), qsizetype(1));
    }

    void aBurstComesManyTimesAsOften()
    {
        auto market = makeMarket();
        runUntil(*market, 10s);
        QVERIFY(market->start({"BTC", burst}, start + 10s).ok());
        const auto said = runUntil(*market, 20s);
        QVERIFY2(said.size() >= 99 && said.size() <= 101, qPrintable(QString::number(said.size())));
        QCOMPARE(btc(*market, 15s).intervalMin, 1s); // what is set is not what a burst makes of it
        QCOMPARE(runUntil(*market, 30s).size(), qsizetype(10));
    }

    void aBurstKeepsTheShortestInterval()
    {
        auto market = makeMarket({20ms, 20ms});
        QVERIFY(market->start({"BTC", burst}, start).ok());
        const auto said = runUntil(*market, 1s);
        for (qsizetype i = 2; i < said.size(); ++i)
            QCOMPARE(said[i].at - said[i - 1].at, limits::simulatorIntervalMsMin);
    }

    void aStuckFeedSaysTheSameWithFreshTimestamps()
    {
        auto market = makeMarket();
        const double last = runUntil(*market, 10s).back().price;
        QVERIFY(market->start({"BTC", stuck}, start + 10s).ok());
        const auto said = runUntil(*market, 29s);
        QCOMPARE(said.size(), qsizetype(19));
        for (const auto &trade : said) {
            QCOMPARE(trade.price, last);
            QCOMPARE(trade.timestampMs, trade.at.count());
        }
        const auto after = runUntil(*market, 40s);
        QVERIFY(after.back().price != last);
    }

    void theMarketGoesOnBehindAStuckFeed()
    {
        auto free = makeMarket();
        auto held = makeMarket();
        QVERIFY(held->start({"BTC", stuck}, start).ok());
        runUntil(*free, 20s);
        runUntil(*held, 20s);
        QCOMPARE(runUntil(*held, 30s).back().price, runUntil(*free, 30s).back().price);
    }

    void othersDoNotNotice()
    {
        auto quiet = makeMarket({1s, 5s});
        auto troubled = makeMarket({1s, 5s});
        QVERIFY(troubled->start({"BTC", crash}, start).ok());
        const auto a = runUntil(*quiet, 2min, "ETH");
        const auto b = runUntil(*troubled, 2min, "ETH");
        QCOMPARE(a.size(), b.size());
        for (qsizetype i = 0; i < a.size(); ++i)
            QCOMPARE(a[i].price, b[i].price);
    }

    void sameSeedSameCrash()
    {
        const auto prices = [](quint64 seed) {
            auto market = makeMarket({1s, 5s}, seed);
            QList<Said> said = runUntil(*market, 10s);
            const auto started = market->start({"BTC", crash}, start + 10s);
            said += runUntil(*market, started ? 2min : 0ms);
            QList<double> list;
            for (const auto &trade : said)
                list.append(trade.price);
            return list;
        };
        QCOMPARE(prices(3), prices(3));
        QVERIFY(prices(3) != prices(4));
    }

    void theNextTakesThePlaceOfTheOneBefore()
    {
        auto market = makeMarket();
        calm(*market);
        const double before = runUntil(*market, 10s).back().price;
        QVERIFY(market->start({"BTC", crash}, start + 10s).ok());
        runUntil(*market, 15s);
        QVERIFY(market->start({"BTC", burst}, start + 15s).ok());
        QCOMPARE(btc(*market, 15s).scenario->kind, ScenarioKind::Burst);
        QVERIFY(std::abs(runUntil(*market, 20s).back().price / before - 0.6) < 0.02);
    }

    void noneOfATokenThatIsOffOrUnknown()
    {
        auto market = makeMarket();
        QVERIFY(!market->start({"XYZ", halt}, start).ok());
        QVERIFY(!market->end({"XYZ"}, start).ok());
        QVERIFY(market->end({"BTC"}, start).ok()); // back to normal already
        QVERIFY(market->change("BTC", {.on = false}, start).ok());
        const auto refused = market->start({"BTC", halt}, start);
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().text.contains(u"switched off"_s), qPrintable(refused.error().text));
    }
};

QTEST_APPLESS_MAIN(TestScenario)
#include "tst_scenario.moc"
