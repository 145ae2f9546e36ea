// A gateway's two ports without a bus: everything is served but prices.
#include "core/gateway/gateway.h"
#include "core/model/limits.h"
#include "tests/core/gateway/rawhttp.h"
#include "tests/core/shard/testclient.h"
#include "tests/support/testbroker.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QUrl>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

// No bus will ever answer there.
GatewayConfig config()
{
    GatewayConfig config;
    config.natsUrls = {QStringLiteral("nats://127.0.0.1:%1").arg(freePort())};
    config.shards = 2;
    return config;
}

quint16 portOf(const QString &url) { return quint16(QUrl(url).port()); }

} // namespace

class TestPorts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesWithoutABus()
    {
        std::atomic<int> serving{0};
        Gateway gateway(config(), {.serving = [&] { ++serving; }, .busLive = {}, .simulator = {}});
        QVERIFY(!gateway.start());
        const auto page = portOf(gateway.addresses().page);
        const auto admin = portOf(gateway.addresses().admin);
        QVERIFY(page > 0 && admin > 0 && page != admin);
        QCOMPARE(portOf(gateway.addresses().ws), page);
        QTRY_COMPARE_WITH_TIMEOUT(serving.load(), 1, deadline); // the first try to reach the bus has failed
        QCOMPARE(statusOf(ask(page, "GET", "/livez")), 200);
        QCOMPARE(statusOf(ask(page, "GET", "/readyz")), 503);
        QCOMPARE(statusOf(ask(page, "GET", "/healthz")), 503);
        QCOMPARE(statusOf(ask(page, "GET", "/config.json")), 200);
        QCOMPARE(statusOf(ask(page, "GET", "/metrics")), 404); // for operators only
        QCOMPARE(statusOf(ask(admin, "GET", "/livez")), 200);
        QVERIFY(bodyOf(ask(admin, "GET", "/metrics")).contains("\nodin_bus_live 0\n"));
        const auto status = QJsonDocument::fromJson(bodyOf(ask(admin, "GET", "/api/v1/status"))).object();
        QCOMPARE(status.value(QLatin1String("clients")).toInt(-1), 0);
        QCOMPARE(statusOf(ask(admin, "GET", "/config.json")), 404);
        QCOMPARE(serving.load(), 1);
    }

    void clientsAreToldThatThereIsNoBus()
    {
        Gateway gateway(config(), {});
        QVERIFY(!gateway.start());
        TestClient client(portOf(gateway.addresses().ws));
        QVERIFY(client.open("?tokens=*"));
        QTRY_COMPARE_WITH_TIMEOUT(client.count("connection:status"), 1, deadline);
        QCOMPARE(client.last("connection:status").value(QLatin1String("status")), QStringLiteral("reconnecting"));
        QTRY_COMPARE_WITH_TIMEOUT(gateway.snapshot()->clients, 1, deadline);
        QCOMPARE(gateway.snapshot()->addresses, gateway.addresses());
    }

    void aPortInUseIsNotPermitted()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
        for (const bool isAdmin : {false, true}) {
            auto taken = config();
            (isAdmin ? taken.admin : taken.listen).port = other.serverPort();
            Gateway gateway(taken, {});
            const auto failure = gateway.start();
            QVERIFY(failure);
            QCOMPARE(failure->exitCode, 77);
            QVERIFY(failure->text.contains(QStringLiteral("%1 is in use").arg(other.serverPort())));
        }
    }

    void withoutABrokerProgramTheManagedBusIsMissing()
    {
        QTemporaryDir state;
        const auto path = qgetenv("PATH");
        qputenv("PATH", "/nonexistent");
        GatewayConfig managed;
        managed.stateFolder = state.path();
        Gateway gateway(managed, {});
        const auto failure = gateway.start();
        qputenv("PATH", path);
        QVERIFY(failure);
        QCOMPARE(failure->exitCode, 69);
        QVERIFY(failure->text.contains(QLatin1String("nats-server")));
    }

    void theAdminPortIsBounded()
    {
        Gateway gateway(config(), {});
        QVERIFY(!gateway.start());
        const auto admin = portOf(gateway.addresses().admin);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < limits::adminConnectionsMax + 10; ++i) {
            auto &socket = *sockets.emplace_back(std::make_unique<QTcpSocket>());
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), admin);
        }
        const auto gone = [&] {
            return std::count_if(sockets.begin(), sockets.end(), [](const auto &socket) {
                return socket->state() == QAbstractSocket::UnconnectedState;
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(gone() >= 10, deadline);
        sockets.clear();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(ask(admin, "GET", "/livez")), 200, deadline);
    }

    void stopEndsEverythingPolitely()
    {
        Gateway gateway(config(), {});
        QVERIFY(!gateway.start());
        const auto page = portOf(gateway.addresses().page);
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<TestClient>(page));
            QVERIFY(clients.back()->open("?tokens=*"));
        }
        gateway.stop();
        for (const auto &client : clients) {
            QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
            QCOMPARE(client->closeCode, 4200);
            QCOMPARE(client->count("drain"), 1);
        }
        TestClient late(page);
        QVERIFY(!late.isConnected);
        gateway.stop(); // does nothing
    }

    void canEndWithoutAStart() { Gateway gateway(config(), {}); }
};

QTEST_GUILESS_MAIN(TestPorts)
#include "tst_ports.moc"
