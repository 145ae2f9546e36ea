// The simulator as a client sees it: the whole gateway on a real bus, an operator at its port, a client on a socket.
#include "app/localoperator.h"
#include "tests/core/shard/testclient.h"
#include "tests/support/testbroker.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <set>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms; to learn a token's pace takes ten seconds

struct Heard
{
    double price = 0;
    qint64 timestampMs = 0;
};

} // namespace

class TestSimulatorLive : public QObject
{
    Q_OBJECT
private:
    Options options() const
    {
        Options options;
        options.listen = options.admin = {QHostAddress(QHostAddress::LocalHost), 0};
        options.natsUrls = {m_broker->url()};
        options.stateFolder = m_folder.path();
        options.tokens = {"BTC", "ETH"};
        options.intervalMin = 100ms;
        options.intervalMax = 200ms;
        return options;
    }

    void start(const Options &options)
    {
        m_operator = std::make_unique<LocalOperator>(options);
        const auto failure = m_operator->start();
        QVERIFY2(!failure, qPrintable(failure ? failure->text : QString()));
        QTRY_VERIFY_WITH_TIMEOUT(m_operator->snapshot()->upstream.state == UpstreamState::Live, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_operator->snapshot()->addresses.ws.isEmpty(), patience);
    }

    void startAndConnect()
    {
        start(options());
        QTRY_VERIFY_WITH_TIMEOUT(m_operator->snapshot()->simulator.has_value(), patience);
        const QUrl url(m_operator->snapshot()->addresses.ws);
        m_client = std::make_unique<TestClient>(quint16(url.port()));
        QVERIFY(m_client->isConnected && m_client->open("?tokens=*"));
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() >= 3, patience);
    }

    QList<Heard> updates(const char *token) const
    {
        QList<Heard> found;
        for (const auto &update : m_client->of("price:update")) {
            if (update["tokenId"_L1] == QLatin1String(token))
                found.append({update["price"_L1].toDouble(), update["timestamp"_L1].toInteger()});
        }
        return found;
    }

    qsizetype told(const char *type, const char *token) const
    {
        const auto all = m_client->of(type);
        return std::ranges::count_if(all, [&](const auto &m) { return m["tokenId"_L1] == QLatin1String(token); });
    }

    const SimulatedToken *simulated(const QByteArray &token)
    {
        m_seen = m_operator->snapshot();
        if (!m_seen->simulator)
            return nullptr;
        const auto &tokens = m_seen->simulator->tokens;
        const auto found = std::ranges::find(tokens, token, &SimulatedToken::token);
        return found == tokens.end() ? nullptr : &*found;
    }

    bool startScenario(ScenarioKind kind, std::chrono::seconds duration, double strength = 0)
    {
        return m_operator->simulate(StartScenario{"BTC", {kind, duration, strength}}).ok();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<TestBroker> m_broker;
    std::unique_ptr<LocalOperator> m_operator;
    std::unique_ptr<TestClient> m_client;
    SnapshotPtr m_seen;

private Q_SLOTS:
    void init()
    {
        m_broker = std::make_unique<TestBroker>();
        QVERIFY(m_broker->start());
    }

    void cleanup()
    {
        m_client.reset();
        m_operator.reset();
        m_broker.reset();
    }

    void offIsStaleAndOnIsLive()
    {
        startAndConnect();
        const auto judged = [&] {
            const auto tokens = m_operator->snapshot()->tokens;
            const auto btc = std::ranges::find(tokens, QByteArray("BTC"), &TokenRow::token);
            return btc != tokens.end() && btc->expectedMs > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(judged(), patience); // its pace is known
        QCOMPARE(told("feed:stale", "BTC"), 0);
        QVERIFY(m_operator->changeSimulated("BTC", {.on = false}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(told("feed:stale", "BTC"), 1, patience);
        const auto stale = m_client->last("feed:stale");
        QVERIFY(stale["ageMs"_L1].toInteger() >= stale["expectedMs"_L1].toInteger());
        QVERIFY(stale["expectedMs"_L1].toInteger() >= 3000);
        QCOMPARE(told("feed:stale", "ETH"), 0);

        const auto heard = updates("BTC").size();
        QVERIFY(m_operator->changeSimulated("BTC", {.on = true}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() > heard, patience);
        QCOMPARE(told("feed:live", "BTC"), 1);
        QTRY_VERIFY_WITH_TIMEOUT(simulated("BTC") && simulated("BTC")->on, patience);
        QVERIFY(m_operator->snapshot()->simulated);
    }

    void aCrashFallsBeforeTheClient()
    {
        startAndConnect();
        const double before = updates("BTC").back().price;
        QVERIFY(startScenario(ScenarioKind::FlashCrash, 24s, 0.4));
        const auto lowest = [&] {
            const auto all = updates("BTC");
            return std::ranges::min_element(all, {}, &Heard::price)->price;
        };
        QTRY_VERIFY_WITH_TIMEOUT(lowest() < 0.65 * before, patience);
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").back().price > 0.85 * before, patience); // most of it is back
        QTRY_VERIFY_WITH_TIMEOUT(simulated("BTC") && !simulated("BTC")->scenario, patience);
    }

    void aHaltSilencesUntilItIsEnded()
    {
        startAndConnect();
        QVERIFY(startScenario(ScenarioKind::Halt, 3600s));
        QTRY_VERIFY_WITH_TIMEOUT(simulated("BTC") && simulated("BTC")->scenario, patience);
        QCOMPARE(simulated("BTC")->scenario->kind, ScenarioKind::Halt);
        QVERIFY(simulated("BTC")->scenario->left > 0ms);
        const auto heard = updates("BTC").size();
        const auto other = updates("ETH").size();
        QTRY_VERIFY_WITH_TIMEOUT(updates("ETH").size() >= other + 10, patience);
        QVERIFY(updates("BTC").size() <= heard + 1); // one may have been on its way
        QVERIFY(m_operator->simulate(EndScenario{"BTC"}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() >= heard + 5, patience);
    }

    void aBurstComesAsOftenAsItSays()
    {
        startAndConnect();
        QVERIFY(m_operator->changeSimulated("ETH", {.intervalMin = 500ms, .intervalMax = 500ms}).ok());
        QVERIFY(m_operator->changeSimulated("BTC", {.intervalMin = 500ms, .intervalMax = 500ms}).ok());
        QVERIFY(startScenario(ScenarioKind::Burst, 3600s, 20));
        const auto btc = updates("BTC").size();
        const auto eth = updates("ETH").size();
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() >= btc + 100, patience);
        QVERIFY2(updates("ETH").size() <= eth + 40, qPrintable(QString::number(updates("ETH").size() - eth)));
    }

    void aStuckFeedStandsStillWithFreshTimestamps()
    {
        startAndConnect();
        QVERIFY(startScenario(ScenarioKind::StuckFeed, 3600s));
        QTRY_VERIFY_WITH_TIMEOUT(simulated("BTC") && simulated("BTC")->scenario, patience);
        const auto from = updates("BTC").size() + 1; // one may have been on its way
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() >= from + 10, patience);
        const auto stuck = updates("BTC").sliced(from);
        std::set<double> prices;
        std::set<qint64> times;
        for (const auto &update : stuck) {
            prices.insert(update.price);
            times.insert(update.timestampMs);
        }
        QCOMPARE(prices.size(), size_t(1));
        QVERIFY(times.size() >= 9); // the scheduler's may share one with a trade
    }

    void aListedTokenAppears()
    {
        startAndConnect();
        QVERIFY(m_operator->simulate(ListToken{"NEW", 2.5}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(updates("NEW").size() >= 3, patience);
        QCOMPARE(updates("NEW").front().price, 2.5);
    }

    void aFileIsPlayedAndTheSimulationComesBack()
    {
        startAndConnect();
        QFile file(m_folder.filePath(u"trades.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("time,token,price,volume\n1000,FILE,7.25,1\nnonsense\n1000.2,FILE,7.5,1\n");
        file.close();
        QVERIFY(m_operator->simulate(PlayFile{m_folder.filePath(u"none.csv"_s), 1}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(m_operator->snapshot()->simulator->problem.contains(u"no such file"_s), patience);
        QVERIFY(m_operator->simulate(PlayFile{file.fileName(), 1}).ok());
        QTRY_COMPARE_WITH_TIMEOUT(updates("FILE").size(), 2, patience);
        QCOMPARE(updates("FILE").back().price, 7.5);
        const auto playback = [&] { return m_operator->snapshot()->simulator->playback; };
        QTRY_VERIFY_WITH_TIMEOUT(playback() && playback()->ended, patience);
        QCOMPARE(playback()->unusableLines, quint64(1));
        const auto before = updates("BTC").size();
        QVERIFY(m_operator->simulate(RestartSimulation{3}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(updates("BTC").size() >= before + 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_operator->snapshot()->simulator->seed, quint64(3), patience);
    }

    // Not even the master switch takes the word SIMULATED away: what clients see is still what was simulated.
    void pausedPricesAreStillSimulated()
    {
        startAndConnect();
        QVERIFY(m_operator->simulate(SetPublishing{false}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(m_operator->snapshot()->simulator->paused, patience);
        const auto count = m_operator->snapshot()->updates;
        QTest::qWait(1000);
        QVERIFY(m_operator->snapshot()->updates <= count + 2); // of a snapshot before, and on its way
        QVERIFY(m_operator->snapshot()->simulated);
        TestClient late(quint16(QUrl(m_operator->snapshot()->addresses.ws).port()));
        QVERIFY(late.isConnected && late.open("?tokens=BTC"));
        QTRY_COMPARE_WITH_TIMEOUT(late.count("price:snapshot"), 1, patience);
        QCOMPARE(late.last("welcome")["simulated"_L1].toBool(), true);
        QVERIFY(m_operator->simulate(SetPublishing{true}).ok());
        QTRY_VERIFY_WITH_TIMEOUT(late.count("price:update") >= 3, patience);
    }

    void withoutSimulateNothingCanBePublished()
    {
        auto real = options();
        real.simulate = false;
        start(real);
        const std::vector<SimulatorCommand> commands{SetPublishing{true}, RestartSimulation{1}, ListToken{"NEW", 1},
                                                     StartScenario{"BTC", {}}, PlayFile{u"/tmp/trades.csv"_s, 1}};
        for (const auto &command : commands) {
            const auto refused = m_operator->simulate(command);
            QVERIFY(!refused.ok());
            QVERIFY2(refused.error().text.contains(u"--simulate"_s), qPrintable(refused.error().text));
        }
        QVERIFY(!m_operator->changeSimulated("BTC", {.on = true}).ok());
        QVERIFY(!m_operator->snapshot()->simulator);
        QVERIFY(!m_operator->snapshot()->simulated);
        QCOMPARE(m_operator->snapshot()->updates, quint64(0));
    }
};

QTEST_GUILESS_MAIN(TestSimulatorLive)
#include "tst_simulatorlive.moc"
