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
        QVERIFY(simulator.setTokenOn("BTC", false));
        QVERIFY(simulator.setTokenOn("ETH", false));
        QVERIFY(!simulator.setTokenOn("XYZ", false));
        QVERIFY(!simulator.status().running);
        const auto count = publisher.count();
        QTest::qWait(300);
        QVERIFY(publisher.count() <= count + 1); // one may have been on its way
        QVERIFY(simulator.setTokenOn("ETH", true));
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
        QVERIFY(!simulator.setInterval("BTC", 9ms, 20ms));
        QVERIFY(!simulator.setInterval("BTC", 20ms, 10ms));
        QVERIFY(!simulator.setInterval("XYZ", 10ms, 20ms));
        QVERIFY(simulator.setInterval("BTC", 10ms, 20ms));
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
        QVERIFY(simulator.setTokenOn("BTC", false));
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
        QVERIFY(!simulator.setTokenOn("BTC", true));
        QCOMPARE(publisher.count(), size_t(0));
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
