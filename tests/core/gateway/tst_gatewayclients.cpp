// A gateway's clients as its operator sees them: real ones, over two shards.
#include "core/gateway/gateway.h"
#include "core/stats/clientdirectory.h"
#include "tests/core/shard/testclient.h"

#include <QUrl>

#include <atomic>

using namespace odin;

namespace {

constexpr int deadline = 60'000;

class Running
{
public:
    Running() : gateway(config(), {}) { isStarted = !gateway.start(); }

    std::unique_ptr<TestClient> client(const QByteArray &query)
    {
        auto client = std::make_unique<TestClient>(quint16(QUrl(gateway.addresses().ws).port()));
        client->open(query);
        return client;
    }

    ClientListingPtr list(const ClientQuery &query, int matching)
    {
        ClientListingPtr listing;
        const auto isThere = [&] {
            listing = gateway.clients().clients(query);
            return listing && listing->answers(query) && listing->matching == matching;
        };
        return QTest::qWaitFor(isThere, deadline) ? listing : std::make_shared<const ClientListing>();
    }

    Gateway gateway;
    bool isStarted = false;

private:
    // A bus that is not there: the clients are.
    static GatewayConfig config()
    {
        GatewayConfig config;
        config.natsUrls = {QStringLiteral("nats://127.0.0.1:1")};
        config.shards = 2;
        return config;
    }
};

QByteArray idOf(const TestClient &client)
{
    return client.last("welcome").value(QLatin1String("sessionId")).toString().toLatin1();
}

ClientQuery all()
{
    ClientQuery query;
    query.count = 100;
    return query;
}

} // namespace

class TestGatewayClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areListedFilteredAndSorted()
    {
        Running running;
        QVERIFY(running.isStarted);
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 6; ++i)
            clients.push_back(running.client(i < 4 ? "?tokens=*" : "?tokens=BTC,ETH"));
        const auto listing = running.list(all(), 6);
        QCOMPARE(listing->rows.size(), 6u);
        QCOMPARE(listing->total, 6);

        auto query = all();
        query.filter = QStringLiteral("eth");
        query.column = ClientColumn::Address;
        query.order = Qt::DescendingOrder;
        const auto some = running.list(query, 2);
        QCOMPARE(some->rows.size(), 2u);
        QVERIFY(some->rows[0].port > some->rows[1].port);
        query.filter = QString::fromLatin1(idOf(*clients.front()));
        QCOMPARE(running.list(query, 1)->rows.front().port, clients.front()->socket.localPort());
    }

    void areLimitedAndDisconnected()
    {
        Running running;
        QVERIFY(running.isStarted);
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 4; ++i)
            clients.push_back(running.client("?tokens=*"));
        QCOMPARE(running.list(all(), 4)->rows.size(), 4u);
        for (const auto &client : clients) { // on both shards
            std::atomic<int> done{0};
            const auto count = [&](const Result<Done> &result) { done += result.ok() ? 1 : 100; };
            running.gateway.clients().limitClient(idOf(*client), 5, count);
            QTRY_COMPARE_WITH_TIMEOUT(done.load(), 1, deadline);
            const auto details = [&] { return running.gateway.clients().client(idOf(*client)); };
            QTRY_VERIFY_WITH_TIMEOUT(details() && details()->row.limitHz == 5, deadline);
            running.gateway.clients().disconnectClient(idOf(*client), count);
            QTRY_COMPARE_WITH_TIMEOUT(done.load(), 2, deadline);
            QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
            QCOMPARE(client->closeCode, 4006);
            running.gateway.clients().disconnectClient(idOf(*client), count);
            QTRY_COMPARE_WITH_TIMEOUT(done.load(), 102, deadline); // it is gone, and that is said
        }
        QTRY_VERIFY_WITH_TIMEOUT(!running.gateway.snapshot()->closes.empty(), deadline);
        QCOMPARE(running.gateway.snapshot()->closes.front().first, QByteArray("closed by operator"));
        QCOMPARE(running.list(all(), 0)->total, 0);
    }

    void nothingIsWrongWhenTheGatewayEndsMeanwhile()
    {
        Running running;
        QVERIFY(running.isStarted);
        const auto client = running.client("?tokens=*");
        running.gateway.clients().clients(all());
        running.gateway.clients().client(idOf(*client));
        running.gateway.clients().disconnectClient(idOf(*client), [](const Result<Done> &) {});
        running.gateway.stop();
    }
};

QTEST_GUILESS_MAIN(TestGatewayClients)
#include "tst_gatewayclients.moc"
