// The policy of a port as a whole: what is exempt, what is counted for whom, what it says of a wrong configuration.
#include "core/security/doorkeeper.h"

#include <QSysInfo>
#include <QTest>

#include <thread>

using namespace odin;

namespace {

const QHostAddress visitor(QStringLiteral("198.51.100.7"));

std::shared_ptr<DoorKeeper> keeper(const DoorConfig &config) { return DoorKeeper::make(config).value(); }

std::optional<Turnaway> judged(const DoorKeeper &keeper, const QByteArray &fields)
{
    return keeper.judge(std::get<RequestHead>(parseRequestHead("GET / HTTP/1.1\r\n" + fields + "\r\n")), false);
}

} // namespace

class TestDoorKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopbackIsExempt_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
            QTest::newRow(address) << QString::fromLatin1(address);
    }

    void loopbackIsExempt()
    {
        QFETCH(const QString, address);
        const QHostAddress loopback(address);
        DoorConfig config;
        config.addressConnections = config.failedLoginsPerMinute = 1;
        const auto exempting = keeper(config);
        config.capsOnLoopback = true;
        const auto strict = keeper(config);
        for (const auto &door : {exempting, strict}) {
            QVERIFY(!door->arrived(loopback));
            QCOMPARE(door->arrived(loopback).has_value(), door == strict);
            door->loginFailed(loopback);
            QCOMPARE(door->mayLogIn(loopback).has_value(), door == strict);
        }
    }

    void addresses()
    {
        DoorConfig config;
        config.addressConnections = 2;
        config.failedLoginsPerMinute = 1;
        const auto door = keeper(config);
        QVERIFY(!door->arrived(visitor));
        QVERIFY(!door->arrived(visitor));
        QCOMPARE(door->arrived(visitor), Turnaway::AddressConnections);
        door->left(visitor);
        door->left(visitor);
        QVERIFY(!door->arrived(visitor));
        QVERIFY(!door->mayLogIn(visitor));
        door->loginFailed(visitor);
        QCOMPARE(door->mayLogIn(visitor), Turnaway::FailedLogins);
    }

    void unknowns()
    {
        DoorConfig config;
        config.unknownsMax = 2;
        const auto door = keeper(config);
        QVERIFY(!door->unknownArrived());
        QVERIFY(!door->unknownArrived());
        QCOMPARE(door->unknownArrived(), Turnaway::Unknowns);
        door->unknownLeft();
        door->unknownLeft();
        QVERIFY(!door->unknownArrived());
    }

    void users()
    {
        DoorConfig config;
        config.userConnections = 2;
        const auto door = keeper(config);
        QVERIFY(!door->userArrived("alice"));
        QVERIFY(!door->userArrived("alice"));
        QCOMPARE(door->userArrived("alice"), Turnaway::UserConnections);
        QVERIFY(!door->userArrived("bob"));
        door->userLeft("alice");
        QCOMPARE(door->userArrived("alice"), Turnaway::UserConnections);
        for (int i = 0; i < 5; ++i)
            door->userLeft("alice");
        QVERIFY(!door->userArrived("alice"));
    }

    void hostsAndOrigins()
    {
        DoorConfig config;
        config.hosts = {QStringLiteral("prices.example.com")};
        config.origins = {QStringLiteral("https://shop.example.com")};
        const auto door = keeper(config);
        QVERIFY(!judged(*door, "Host: prices.example.com\r\n"));
        QVERIFY(!judged(*door, "Host: localhost:8080\r\n"));
        QVERIFY(!judged(*door, "Host: " + QSysInfo::machineHostName().toLatin1() + "\r\n"));
        QCOMPARE(judged(*door, "Host: evil.net\r\n"), Turnaway::Host);
        QVERIFY(!judged(*door, "Host: localhost\r\nOrigin: https://shop.example.com\r\n"));
        QCOMPARE(judged(*door, "Host: localhost\r\nOrigin: https://evil.net\r\n"), Turnaway::Origin);
        QCOMPARE(judged(*door, "Host: evil.net\r\nOrigin: http://evil.net\r\n"), Turnaway::Host); // DNS rebinding
    }

    void badListsAreNamed()
    {
        for (auto list : {&DoorConfig::hosts, &DoorConfig::origins, &DoorConfig::balancers}) {
            DoorConfig config;
            config.*list = {QStringLiteral("not/this")};
            const auto made = DoorKeeper::make(config);
            QVERIFY(!made);
            QVERIFY(made.error().text.contains(QLatin1String("not/this")));
        }
    }

    void dryRunsAndBalancersAreTheConfigurations()
    {
        DoorConfig config;
        config.dryRun = true;
        config.balancers = {QStringLiteral("10.0.0.0/8")};
        const auto door = keeper(config);
        QVERIFY(door->isDryRun());
        QVERIFY(door->isBalancer(QHostAddress(QStringLiteral("10.1.2.3"))));
        QVERIFY(!door->isBalancer(visitor));
        QVERIFY(!keeper({})->isDryRun());
    }

    // As shards do.
    void manyThreadsAsk()
    {
        DoorConfig config;
        config.addressConnections = 1'000'000;
        const auto door = keeper(config);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&door, thread] {
                for (int i = 0; i < 20'000; ++i) {
                    const QHostAddress address(quint32(0x0b000000 + i % 1000));
                    (void)door->arrived(address);
                    (void)door->userArrived(QByteArray::number(thread));
                    door->userLeft(QByteArray::number(thread));
                    door->left(address);
                }
            });
        }
        for (auto &thread : threads)
            thread.join();
        for (int i = 0; i < 10; ++i)
            QVERIFY(!door->userArrived("0"));
        QVERIFY(door->userArrived("0"));
    }

    void costOfAConnection()
    {
        const auto door = keeper({});
        quint32 next = 0;
        QBENCHMARK {
            const QHostAddress address(0x0b000000 + (next++ * 7919) % 60'000);
            (void)door->arrived(address);
            door->left(address);
        }
    }
};

QTEST_APPLESS_MAIN(TestDoorKeeper)
#include "tst_doorkeeper.moc"
