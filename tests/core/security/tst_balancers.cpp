// Balancers: who may say for whom it speaks. Everybody else's PROXY header is nonsense.
#include "core/security/balancers.h"

#include <QTest>

using namespace odin;

class TestBalancers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contains_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("peer");
        QTest::addColumn<bool>("contained");
        const auto row = [](const char *entry, const char *peer, bool contained) {
            QTest::addRow("%s in %s", peer, entry) << QString::fromLatin1(entry) << QString::fromLatin1(peer) << contained;
        };
        row("10.0.0.7", "10.0.0.7", true);
        row("10.0.0.7", "10.0.0.8", false);
        row("10.0.0.7", "::ffff:10.0.0.7", true);
        row("10.1.0.0/16", "10.1.255.255", true);
        row("10.1.0.0/16", "10.2.0.0", false);
        row("10.1.0.0/16", "::ffff:10.1.2.3", true);
        row("192.0.2.128/25", "192.0.2.127", false);
        row("192.0.2.128/25", "192.0.2.200", true);
        row("192.0.2.4/31", "192.0.2.5", true);
        row("192.0.2.4/31", "192.0.2.6", false);
        row("0.0.0.0/0", "203.0.113.1", true);
        row("0.0.0.0/0", "2001:db8::1", false);
        row("fd00::/8", "fdff::1", true);
        row("fd00::/8", "fe00::1", false);
        row("2001:db8::1", "2001:db8:0::1", true);
        row("2001:db8::/33", "2001:db8:8000::1", false);
        row("::1", "127.0.0.1", false);
    }

    void contains()
    {
        QFETCH(const QString, entry);
        QFETCH(const QString, peer);
        QTEST(Balancers::of({entry}).value().contains(QHostAddress(peer)), "contained");
    }

    void nobodyByDefault() { QVERIFY(!Balancers().contains(QHostAddress(QHostAddress::LocalHost))); }

    void badEntries_data()
    {
        QTest::addColumn<QString>("entry");
        for (const char *entry : {"10", "10.1", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/+8", "10.1.0.0/", "10.1.0.0/8/8",
                                  "10.1.0.0/255.255.0.0", "fd00::/129", "[::1]", "balancer.example", "10.0.0.7:80", "/8", "x",
                                  "10.0.0.07"})
            QTest::newRow(entry) << QString::fromLatin1(entry);
    }

    void badEntries()
    {
        QFETCH(const QString, entry);
        const auto balancers = Balancers::of({QStringLiteral("10.0.0.1"), entry});
        QVERIFY(!balancers);
        QVERIFY(balancers.error().text.contains(entry));
    }
};

QTEST_APPLESS_MAIN(TestBalancers)
#include "tst_balancers.moc"
