// A gateway with a real bus: from a publisher to a WebSocket, through outages, and with a broker of its own.
#include "core/feed/publisher.h"
#include "core/gateway/gateway.h"
#include "tests/core/gateway/rawhttp.h"
#include "tests/core/shard/testclient.h"
#include "tests/support/payloads.h"
#include "tests/support/testbroker.h"

#include <QTemporaryDir>
#include <QUrl>

#include <mutex>

using namespace odin;

namespace {

constexpr int deadline = 60'000;

quint16 portOf(const QString &url) { return quint16(QUrl(url).port()); }

// What a gateway reports, from its control thread.
struct Reported
{
    std::atomic<int> serving{0};
    std::atomic<int> live{0};
    std::mutex mutex;
    QStringList urls; // guarded by mutex

    Gateway::Events events()
    {
        return {.serving = [this] { ++serving; },
                .busLive =
                    [this](const QStringList &bus) {
                        const std::lock_guard lock(mutex);
                        urls = bus;
                        ++live;
                    },
                .simulator = {}};
    }
    QStringList busUrls()
    {
        const std::lock_guard lock(mutex);
        return urls;
    }
};

GatewayConfig on(const TestBroker &broker)
{
    GatewayConfig config;
    config.natsUrls = {broker.url()};
    config.shards = 2;
    return config;
}

bool publish(Publisher &publisher, const QByteArray &token, double price, const QByteArray &nonce)
{
    return publisher.publish(priceSubject(token), priceJson(token, price, nonce), nonce).ok();
}

} // namespace

class TestGateway : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsAPriceFromThePublisherToTheBrowser()
    {
        TestBroker broker;
        Reported reported;
        Gateway gateway(on(broker), reported.events());
        QVERIFY(!gateway.start());
        const auto page = portOf(gateway.addresses().page);
        QCOMPARE(statusOf(ask(page, "GET", "/readyz")), 503);
        TestClient early(page);
        QVERIFY(early.open("?tokens=BTC"));

        QVERIFY(broker.start());
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(ask(page, "GET", "/readyz")), 200, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(reported.live.load(), 1, deadline);
        QCOMPARE(reported.serving.load(), 1);
        QCOMPARE(reported.busUrls(), QStringList{broker.url()});
        QTRY_COMPARE_WITH_TIMEOUT(early.last("connection:status").value(QLatin1String("status")).toString(),
                                  QStringLiteral("connected"), deadline);

        Publisher publisher({broker.url()});
        QVERIFY(publish(publisher, "BTC", 50'000, "n1"));
        QVERIFY(publish(publisher, "ETH", 3'000, "n2"));
        QVERIFY(publish(publisher, "BTC", 50'001, "n3"));
        QTRY_COMPARE_WITH_TIMEOUT(early.count("price:update"), 2, deadline);
        const auto update = early.last("price:update");
        QCOMPARE(update.value(QLatin1String("price")).toDouble(), 50'001.0);
        QCOMPARE(update.value(QLatin1String("nonce")), QStringLiteral("n3"));
        QCOMPARE(update.value(QLatin1String("prev")), early.of("price:update").first().value(QLatin1String("seq")));
        TestClient late(page);
        QVERIFY(late.open("?tokens=*"));
        QTRY_COMPARE_WITH_TIMEOUT(late.count("price:snapshot"), 1, deadline);
        QCOMPARE(late.last("price:snapshot").value(QLatin1String("updates")).toArray().size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(gateway.snapshot()->updates, 3u, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(gateway.snapshot()->tokens.size(), 2u, deadline);
        QVERIFY(!gateway.snapshot()->upstream.url.contains(QLatin1String("secret")));
    }

    void saysWhenTheBusGoesAndComes()
    {
        TestBroker broker;
        QVERIFY(broker.start());
        Gateway gateway(on(broker), {});
        QVERIFY(!gateway.start());
        const auto page = portOf(gateway.addresses().page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(ask(page, "GET", "/readyz")), 200, deadline);
        TestClient client(page);
        QVERIFY(client.open());
        const auto status = [&] { return client.last("connection:status").value(QLatin1String("status")).toString(); };
        QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("connected"), deadline);
        broker.kill();
        QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("reconnecting"), deadline);
        QCOMPARE(statusOf(ask(page, "GET", "/readyz")), 503);
        QCOMPARE(statusOf(ask(page, "GET", "/livez")), 200);
        QVERIFY(broker.start());
        QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("connected"), deadline);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(ask(page, "GET", "/readyz")), 200, deadline);
        QVERIFY(!client.isGone());
    }

    void runsABrokerOfItsOwn()
    {
        QTemporaryDir state;
        Reported reported;
        GatewayConfig managed;
        managed.stateFolder = state.path();
        Gateway gateway(managed, reported.events());
        QVERIFY(!gateway.start());
        QTRY_COMPARE_WITH_TIMEOUT(reported.live.load(), 1, deadline);
        QCOMPARE(reported.busUrls(), gateway.busUrls());
        const QUrl url(gateway.busUrls().value(0));
        QVERIFY(!url.userInfo().isEmpty());
        TestClient client(portOf(gateway.addresses().ws));
        QVERIFY(client.open("?tokens=BTC"));
        Publisher publisher(gateway.busUrls());
        QVERIFY(publish(publisher, "BTC", 1, "n1"));
        QTRY_COMPARE_WITH_TIMEOUT(client.count("price:update")
                                      + client.last("price:snapshot").value(QLatin1String("updates")).toArray().size(),
                                  1, deadline);
        gateway.stop();
        QTRY_VERIFY_WITH_TIMEOUT(client.isGone(), deadline);
        QCOMPARE(client.closeCode, 4200);
        QTcpSocket toTheBroker;
        toTheBroker.connectToHost(url.host(), quint16(url.port()));
        QVERIFY(!toTheBroker.waitForConnected(2000));
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
