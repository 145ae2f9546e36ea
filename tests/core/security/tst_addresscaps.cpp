// Caps of one address: how many, how fast, how often wrong; and a table of addresses that does not grow for ever.
#include "core/model/limits.h"
#include "core/security/addresscaps.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

const SteadyTime start = SteadyTime() + 1h;
constexpr int manyAddresses = 1000;

AddressKey address(int number) { return addressKey(QHostAddress(quint32(0xc6336400 + number))); }

} // namespace

class TestAddressCaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionsAtOnce()
    {
        AddressCaps caps({.connections = 3, .connectsPerSecond = 100, .failedLogins = 10}, manyAddresses);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!caps.arrived(address(1), start));
        QCOMPARE(caps.arrived(address(1), start), Turnaway::AddressConnections); // counts as well
        QVERIFY(!caps.arrived(address(2), start));
        caps.left(address(1));
        QCOMPARE(caps.arrived(address(1), start), Turnaway::AddressConnections);
        caps.left(address(1));
        caps.left(address(1));
        QVERIFY(!caps.arrived(address(1), start));
    }

    void newConnectionsPerSecond()
    {
        AddressCaps caps({.connections = 1000, .connectsPerSecond = 5, .failedLogins = 10}, manyAddresses);
        const auto letIn = [&](SteadyTime now, int tries) {
            int count = 0;
            for (int i = 0; i < tries; ++i)
                count += !caps.arrived(address(1), now);
            return count;
        };
        QCOMPARE(letIn(start, 100), 10); // a burst
        QCOMPARE(caps.arrived(address(1), start), Turnaway::AddressRate);
        QCOMPARE(letIn(start + 1s, 100), 5);
        QCOMPARE(letIn(start + 1s + 200ms, 100), 1);
        QCOMPARE(letIn(start + 1h, 100), 10); // and not more after a rest
        QVERIFY(!caps.arrived(address(2), start + 1h));
    }

    void failedLogins()
    {
        AddressCaps caps({.connections = 10, .connectsPerSecond = 10, .failedLogins = 3}, manyAddresses);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!caps.mayLogIn(address(1), start));
            caps.loginFailed(address(1), start + i * 1s);
        }
        QCOMPARE(caps.mayLogIn(address(1), start + 2s), Turnaway::FailedLogins);
        QVERIFY(!caps.mayLogIn(address(2), start + 2s));
        QCOMPARE(caps.mayLogIn(address(1), start + limits::loginWindowMs - 1ms), Turnaway::FailedLogins);
        QVERIFY(!caps.mayLogIn(address(1), start + limits::loginWindowMs));
    }

    void ofIPv6ASlash64IsOneAddress()
    {
        AddressCaps caps({.connections = 1, .connectsPerSecond = 10, .failedLogins = 3}, manyAddresses);
        const auto key = [](const char *text) { return addressKey(QHostAddress(QString::fromLatin1(text))); };
        QVERIFY(!caps.arrived(key("2001:db8:1:2::1"), start));
        QVERIFY(caps.arrived(key("2001:db8:1:2:ffff:ffff:ffff:ffff"), start));
        QVERIFY(!caps.arrived(key("2001:db8:1:3::1"), start));
        QVERIFY(!caps.arrived(key("198.51.100.7"), start));
        QVERIFY(caps.arrived(key("::ffff:198.51.100.7"), start));
    }

    void idleAddressesAreForgotten()
    {
        AddressCaps caps({.connections = 10, .connectsPerSecond = 10, .failedLogins = 3}, manyAddresses);
        for (int i = 0; i < 100; ++i) {
            (void)caps.arrived(address(i), start);
            if (i >= 2)
                caps.left(address(i)); // two stay
        }
        caps.loginFailed(address(7), start + 10s); // and this one is remembered
        (void)caps.arrived(address(200), start + 30s);
        QCOMPARE(caps.addresses(), 4);
        caps.left(address(200));
        (void)caps.arrived(address(201), start + 2min);
        QCOMPARE(caps.addresses(), 3);
    }

    // Somebody with more addresses than we can count: they share one count, and those who came before keep theirs.
    void whatDoesNotFitSharesOneCount()
    {
        constexpr int fit = 50;
        AddressCaps caps({.connections = 10, .connectsPerSecond = 1000, .failedLogins = 3}, fit);
        for (int i = 0; i < fit; ++i)
            QVERIFY(!caps.arrived(address(i), start));
        int letIn = 0;
        for (int i = 0; i < 200; ++i)
            letIn += !caps.arrived(address(1000 + i), start);
        QCOMPARE(letIn, 10);
        QCOMPARE(caps.addresses(), fit);
        QVERIFY(!caps.arrived(address(7), start));
        for (int i = 0; i < 3; ++i)
            caps.loginFailed(address(2000 + i), start);
        QVERIFY(caps.mayLogIn(address(3000), start));
        QVERIFY(!caps.mayLogIn(address(7), start));

        for (int i = 0; i < 200; ++i)
            caps.left(address(1000 + i));
        caps.left(address(0));
        QVERIFY(!caps.arrived(address(5000), start + 5s)); // there is room again, for one that is counted by itself
        QVERIFY(!caps.mayLogIn(address(5000), start + 5s));
    }

    void leavingTwiceIsNoCredit()
    {
        AddressCaps caps({.connections = 1, .connectsPerSecond = 100, .failedLogins = 3}, manyAddresses);
        for (int i = 0; i < 5; ++i)
            caps.left(address(1));
        QVERIFY(!caps.arrived(address(1), start));
        QVERIFY(caps.arrived(address(1), start));
    }
};

QTEST_APPLESS_MAIN(TestAddressCaps)
#include "tst_addresscaps.moc"
