// Hosts: names that are served and no others, so that no page can make a name of its own mean us.
#include "core/security/hostrules.h"

#include <QTest>

using namespace odin;

class TestHostRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void admits_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("admitted");
        const auto row = [](const char *host, bool admitted) { QTest::newRow(host) << QByteArray(host) << admitted; };
        row("127.0.0.1:8080", true);
        row("203.0.113.7", true);
        row("[::1]:8080", true);
        row("[2001:DB8::7]", true);
        row("localhost", true);
        row("LocalHost:1", true);
        row("localhost.", true);
        row("machine", true);
        row("MACHINE:8080", true);
        row("prices.example.com", true);
        row("prices.example.com.:443", true);
        row("xn--bcher-kva.example", true);
        row("a.localhost", false);
        row("localhost.evil.net", false);
        row("machine.evil.net", false);
        row("evil.net", false);
        row("example.com", false);
        row("a.prices.example.com", false);
        row("evilprices.example.com", false);
        row("127.0.0.1.nip.io", false);
        row("127.1", false); // a name, which a resolver may know
        row("2130706433", false);
        row("0x7f000001", false);
        row("127.0.0.01", false);
    }

    void admits()
    {
        QFETCH(const QByteArray, host);
        const auto rules = HostRules::of({QStringLiteral("Prices.example.com"), QStringLiteral("b\u00fccher.example")},
                                         QStringLiteral("Machine")).value();
        const auto authority = parseAuthority(host);
        QVERIFY(authority);
        QTEST(rules.admits(*authority), "admitted");
    }

    void badEntries_data()
    {
        QTest::addColumn<QString>("entry");
        for (const char *entry : {"a:80", "https://a", "*.example.com", "a/b", "a b", "*", "u@a", "[::1", "a..b"})
            QTest::newRow(entry) << QString::fromLatin1(entry);
    }

    void badEntries()
    {
        QFETCH(const QString, entry);
        const auto rules = HostRules::of({QStringLiteral("good.example"), entry}, QStringLiteral("machine"));
        QVERIFY(!rules);
        QVERIFY(rules.error().text.contains(entry));
    }
};

QTEST_APPLESS_MAIN(TestHostRules)
#include "tst_hostrules.moc"
