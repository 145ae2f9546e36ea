// The simulator's thread: starts, publishes, obeys at once, stops although the bus hangs.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "fakepublisher.h"
#include "simulator/market/marketsimulator.h"

#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 30'000;

MarketConfig fast(const std::vector<QByteArray> &tokens)
{
    MarketConfig config;
    config.tokens = tokens;
    config.seed = 7;
    config.interval = {10ms, 20ms};
    return config;
}

} // namespace

class TestMarketSimulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishesUntilStopped()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({}), publisher);
        QVERIFY(!simulator.status().running);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("DOT")) >= 20, patienceMs);
        const auto status = simulator.status();
        QVERIFY(status.running);
        QCOMPARE(status.seed, quint64(7));
        QCOMPARE(status.tokens.size(), size_t(10));
        QVERIFY(status.published >= 20);
        QCOMPARE(status.failed, quint64(0));
        simulator.stop();
        const auto count = publisher.count();
        QTest::qWait(100);
        QCOMPARE(publisher.count(), count);
        QCOMPARE(simulator.status().published, quint64(count));
        QVERIFY(!simulator.status().running);
    }

    void startsAnewWithOtherIdsAndTheSamePrices()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() >= 1, patienceMs);
        simulator.stop();
        const auto before = publisher.count();
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() > before, patienceMs);
        simulator.stop();
        const auto tries = publisher.tries();
        const auto price = [](const BusMessage &message) {
            return decodeBusMessage(message.subject, message.payload, wallMs()).updates.at(0).price;
        };
        QCOMPARE(price(tries[0]), price(tries[before]));
        QVERIFY(tries[0].id != tries[before].id);
    }

    void switchesTokensWhileItRuns()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC", "ETH"}), publisher);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= 3, patienceMs);
        QVERIFY(simulator.changeToken("BTC", {.on = false}).ok());
        QVERIFY(simulator.changeToken("ETH", {.on = false}).ok());
        QVERIFY(!simulator.changeToken("XYZ", {.on = false}).ok());
        QVERIFY(!simulator.status().running);
        const auto count = publisher.count();
        QTest::qWait(300);
        QVERIFY(publisher.count() <= count + 1); // one may have been on its way
        QVERIFY(simulator.changeToken("ETH", {.on = true}).ok());
        QVERIFY(simulator.status().running);
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() >= count + 6, patienceMs);
    }

    void aNewIntervalActsAtOnce()
    {
        FakePublisher publisher;
        auto config = fast({"BTC"});
        config.intervals["BTC"] = {3600s, 3600s};
        MarketSimulator simulator(config, publisher);
        QVERIFY(simulator.start().ok());
        QTRY_COMPARE_WITH_TIMEOUT(publisher.count(priceSubject("BTC")), size_t(1), patienceMs);
        QVERIFY(!simulator.changeToken("BTC", {.intervalMin = 9ms, .intervalMax = 20ms}).ok());
        QVERIFY(!simulator.changeToken("BTC", {.intervalMin = 20ms, .intervalMax = 10ms}).ok());
        QVERIFY(!simulator.changeToken("XYZ", {.intervalMin = 10ms, .intervalMax = 20ms}).ok());
        QVERIFY(simulator.changeToken("BTC", {.intervalMin = 10ms, .intervalMax = 20ms}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= 5, patienceMs);
        QCOMPARE(simulator.status().tokens.front().intervalMax, 20ms);
    }

    void retriesWithTheSameId()
    {
        FakePublisher publisher;
        publisher.failures = 2;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not take"_s));
        MarketSimulator simulator(fast({"BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() >= 5, patienceMs);
        simulator.stop();
        const auto tries = publisher.tries();
        QCOMPARE(tries[1].id, tries[0].id);
        QCOMPARE(tries[2].payload, tries[0].payload);
        QVERIFY(tries[3].id != tries[2].id);
        QCOMPARE(simulator.status().failed, quint64(0));
    }

    // One publish hangs: neither a command nor the status waits for it, and stop() waits for no second one.
    void aHangingBusHoldsNobodyUp()
    {
        FakePublisher publisher;
        publisher.hangs = true;
        MarketSimulator simulator(fast({"BTC", "ETH", "SOL"}), publisher);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() == 1, patienceMs);
        QVERIFY(simulator.changeToken("BTC", {.on = false}).ok());
        QVERIFY(simulator.status().running);
        const std::jthread recovery([&publisher] {
            std::this_thread::sleep_for(1s);
            publisher.hangs = false;
        });
        simulator.stop();
        QVERIFY(!publisher.hangs);
        QCOMPARE(publisher.count(), size_t(1));
    }

    void replaysAFile()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        for (int i = 0; i < 500; ++i)
            file.write("1000,T" + QByteArray::number(i % 3) + ",1.5,2\n");
        file.close();
        FakePublisher publisher;
        MarketConfig config;
        config.replay = ReplayConfig{file.fileName(), 0, ReplayConfig::AtEnd::Stop};
        MarketSimulator simulator(config, publisher);
        QVERIFY(simulator.start().ok());
        QTRY_COMPARE_WITH_TIMEOUT(simulator.status().published, quint64(500), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!simulator.status().running, patienceMs); // the file has ended
        QCOMPARE(simulator.status().tokens.size(), size_t(3));
    }

    void refusesBadConfigurations_data()
    {
        QTest::addColumn<MarketConfig>("config");
        auto config = fast({"BTC", "not valid"});
        QTest::newRow("token") << config;
        config = fast({"BTC"});
        config.interval.min = 1ms;
        QTest::newRow("interval") << config;
        config = fast({"BTC"});
        config.intervals["BTC"] = {30ms, 20ms};
        QTest::newRow("own interval") << config;
        config.replay = ReplayConfig{u"/nonexistent.csv"_s};
        QTest::newRow("replay") << config;
        config = fast({});
        for (int i = 0; i <= limits::simulatorTokensMax; ++i)
            config.tokens.push_back("T" + QByteArray::number(i));
        QTest::newRow("too many tokens") << config;
    }
    void refusesBadConfigurations()
    {
        QFETCH(MarketConfig, config);
        FakePublisher publisher;
        MarketSimulator simulator(config, publisher);
        const auto started = simulator.start();
        QVERIFY(!started.ok());
        QVERIFY(started.error().text.endsWith(u'.'));
        QVERIFY(!simulator.status().running);
        QVERIFY(!simulator.changeToken("BTC", {.on = true}).ok());
        QCOMPARE(publisher.count(), size_t(0));
    }

    void afterABadStartACommandHelps()
    {
        FakePublisher publisher;
        auto config = fast({"BTC"});
        config.replay = ReplayConfig{u"/nonexistent.csv"_s};
        MarketSimulator simulator(config, publisher);
        QVERIFY(!simulator.start().ok());
        QVERIFY(simulator.status().problem.contains(u"no such file"_s));
        QVERIFY(simulator.command(RestartSimulation{5}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= 3, patienceMs);
        QCOMPARE(simulator.status().problem, QString());
        QCOMPARE(simulator.status().seed, quint64(5));
    }

    void theMasterSwitchStopsTime()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QVERIFY(simulator.command(StartScenario{"BTC", {.kind = ScenarioKind::StuckFeed, .duration = 1h}}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= 3, patienceMs);
        QVERIFY(simulator.command(SetPublishing{false}).ok());
        const auto paused = simulator.status();
        QVERIFY(paused.paused && !paused.running);
        const auto count = publisher.count();
        QTest::qWait(300);
        QVERIFY(publisher.count() <= count + 1); // one may have been on its way
        QCOMPARE(simulator.status().tokens, paused.tokens); // the scenario has as much left as before
        QVERIFY(simulator.command(SetPublishing{true}).ok());
        QVERIFY(simulator.status().running);
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() >= count + 3, patienceMs);
    }

    void restartsWithAnotherSeed()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= 5, patienceMs);
        QVERIFY(simulator.changeToken("BTC", {.on = false, .volatility = 3}).ok());
        QVERIFY(simulator.command(ListToken{"NEW", 3}).ok());
        QCOMPARE(simulator.status().tokens.size(), size_t(2));
        QVERIFY(simulator.command(RestartSimulation{8}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(simulator.status().seed, quint64(8), patienceMs);
        const auto tokens = simulator.status().tokens; // as at the start of the program
        QCOMPARE(tokens.size(), size_t(1));
        QCOMPARE(tokens.front().on, true);
        QCOMPARE(tokens.front().volatility, 0.5);
        const auto before = publisher.count();
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() > before, patienceMs);
    }

    void playsAFileAndGoesBack()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("1000,FROM-FILE,1.5,2\n1000,FROM-FILE,1.6,2\n");
        file.close();
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QVERIFY(!simulator.command(PlayFile{file.fileName(), 0}).ok());
        QVERIFY(!simulator.command(PlayFile{file.fileName(), 1e6}).ok());
        QVERIFY(simulator.command(PlayFile{u"/nonexistent.csv"_s, 1}).ok()); // asked for; that it cannot be comes later
        QTRY_VERIFY_WITH_TIMEOUT(simulator.status().problem.contains(u"no such file"_s), patienceMs);
        const auto going = publisher.count(priceSubject("BTC"));
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) > going, patienceMs); // what there was goes on
        QVERIFY(simulator.command(PlayFile{file.fileName(), 1}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(publisher.count(priceSubject("FROM-FILE")), size_t(2), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(simulator.status().playback->ended, patienceMs);
        QCOMPARE(simulator.status().problem, QString());
        const auto before = publisher.count(priceSubject("BTC"));
        QVERIFY(simulator.command(RestartSimulation{7}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) > before, patienceMs);
        QVERIFY(!simulator.status().playback);
    }

    void scenariosReachTheBus()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC", "ETH"}), publisher);
        QVERIFY(!simulator.command(StartScenario{"BTC", {}}).ok()); // not started yet
        QVERIFY(simulator.start().ok());
        QVERIFY(simulator.command(StartScenario{"BTC", {.kind = ScenarioKind::Halt, .duration = 1h}}).ok());
        QCOMPARE(simulator.status().tokens.front().scenario->kind, ScenarioKind::Halt);
        const auto halted = publisher.count(priceSubject("BTC"));
        const auto other = publisher.count(priceSubject("ETH"));
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("ETH")) >= other + 5, patienceMs);
        QVERIFY(publisher.count(priceSubject("BTC")) <= halted + 1); // one may have been on its way
        QVERIFY(simulator.command(EndScenario{"BTC"}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count(priceSubject("BTC")) >= halted + 3, patienceMs);
        QVERIFY(!simulator.command(EndScenario{"XYZ"}).ok());
    }

    void tokensNamedTwiceAreOne()
    {
        FakePublisher publisher;
        MarketSimulator simulator(fast({"BTC", "ETH", "BTC"}), publisher);
        QVERIFY(simulator.start().ok());
        QCOMPARE(simulator.status().tokens.size(), size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestMarketSimulator)
#include "tst_marketsimulator.moc"
