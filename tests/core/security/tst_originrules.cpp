// Origins: the exact one and no other, whatever somebody tries with it.
#include "core/security/originrules.h"

#include <QTest>

using namespace odin;

namespace {

RequestHead headOf(const QByteArray &host, const QByteArray &fields)
{
    return std::get<RequestHead>(parseRequestHead("GET /ws HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n"));
}

bool admits(const OriginRules &rules, const QByteArray &host, const QByteArray &origin, bool isTls = false)
{
    return rules.admits(headOf(host, "Origin: " + origin + "\r\n"), isTls);
}

OriginRules listed(const QStringList &origins) { return OriginRules::of(origins).value(); }

} // namespace

class TestOriginRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoSaysNoneIsNoBrowser()
    {
        QVERIFY(listed({}).admits(headOf("a.example", ""), false));
        QVERIFY(listed({QStringLiteral("https://a.example")}).admits(headOf("a.example", ""), true));
    }

    void sameHost_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("plain"); // admitted without TLS of ours
        QTest::addColumn<bool>("tls"); // and with
        const auto row = [](const char *name, const char *host, const char *origin, bool plain, bool tls) {
            QTest::newRow(name) << QByteArray(host) << QByteArray(origin) << plain << tls;
        };
        row("http", "example.com", "http://example.com", true, false);
        row("https: of a proxy's, or ours", "example.com", "https://example.com", true, true);
        row("a port", "example.com:8443", "https://example.com:8443", true, true);
        row("the implied port, said", "example.com", "https://example.com:443", true, true);
        row("the implied port, said in Host", "example.com:443", "https://example.com", true, true);
        row("Host in another case", "EXAMPLE.com", "https://example.com", true, true);
        row("Host with a dot at its end", "example.com.", "https://example.com", true, true);
        row("an address", "127.0.0.1:8080", "http://127.0.0.1:8080", true, false);
        row("IPv6", "[::1]:8443", "https://[::1]:8443", true, true);
        row("another port", "example.com:8443", "https://example.com", false, false);
        row("another port than none", "example.com", "https://example.com:8443", false, false);
        row("port 80 of https", "example.com:80", "https://example.com", false, false);
        row("another host", "example.com", "https://example.org", false, false);
        row("behind it", "example.com", "https://example.com.evil.net", false, false);
        row("before it", "example.com", "https://evilexample.com", false, false);
        row("below it", "example.com", "https://evil.example.com", false, false);
        row("above it", "www.example.com", "https://example.com", false, false);
        row("null", "example.com", "null", false, false);
        row("nothing", "example.com", "", false, false);
        row("a star", "example.com", "*", false, false);
        row("two in one", "example.com", "https://example.com https://evil.net", false, false);
        row("two with a comma", "example.com", "https://example.com, https://evil.net", false, false);
        row("a user", "example.com", "https://evil.net@example.com", false, false);
        row("a user that looks like a host", "evil.net", "https://example.com@evil.net", false, false);
        row("a slash at its end", "example.com", "https://example.com/", false, false);
        row("a path", "example.com", "https://example.com/a", false, false);
        row("a query", "example.com", "https://example.com?a", false, false);
        row("a fragment", "example.com", "https://example.com#a", false, false);
        row("scheme in capitals", "example.com", "HTTPS://example.com", false, false);
        row("host in capitals", "example.com", "https://EXAMPLE.com", false, false);
        row("a dot at its end", "example.com", "https://example.com.", false, false);
        row("no scheme", "example.com", "example.com", false, false);
        row("half a scheme", "example.com", "//example.com", false, false);
        row("one slash", "example.com", "https:/example.com", false, false);
        row("back slashes", "example.com", "https:\\\\example.com", false, false);
        row("another scheme", "example.com", "ftp://example.com", false, false);
        row("an extension", "example.com", "chrome-extension://example.com", false, false);
        row("a file", "example.com", "file://", false, false);
        row("port 0", "example.com", "https://example.com:0", false, false);
        row("a large port", "example.com", "https://example.com:65979", false, false); // 443 + 65536
        row("no port behind the colon", "example.com", "https://example.com:", false, false);
        row("a port with a sign", "example.com", "https://example.com:+443", false, false);
        row("a port with zeros", "example.com", "https://example.com:000443", false, false);
        row("a script's look-alike", "xn--bcher-kva.example", "https://b\xc3\xbc" "cher.example", false, false);
        row("punycode of another", "example.com", "https://xn--exmple-cua.com", false, false);
        row("percent", "example.com", "https://example%2ecom", false, false);
        row("a longer IPv6", "[::1]", "https://[0:0::1]", false, false);
        row("brackets open", "[::1]", "https://[::1", false, false);
    }

    void sameHost()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const QByteArray, origin);
        QTEST(admits(listed({}), host, origin, false), "plain");
        QTEST(admits(listed({}), host, origin, true), "tls");
    }

    void aListIsExact_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("admitted");
        QTest::newRow("listed") << QByteArray("https://example.com") << true;
        QTest::newRow("listed with its port") << QByteArray("http://localhost:5173") << true;
        QTest::newRow("the implied port, said") << QByteArray("https://example.com:443") << true;
        QTest::newRow("listed in another script") << QByteArray("https://xn--bcher-kva.example") << true;
        QTest::newRow("an app's") << QByteArray("capacitor://localhost") << true;
        QTest::newRow("http of it") << QByteArray("http://example.com") << false;
        QTest::newRow("another port") << QByteArray("https://example.com:8443") << false;
        QTest::newRow("no port") << QByteArray("http://localhost") << false;
        QTest::newRow("below it") << QByteArray("https://a.example.com") << false;
        QTest::newRow("behind it") << QByteArray("https://example.com.evil.net") << false;
        QTest::newRow("capitals") << QByteArray("https://Example.com") << false;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("the host itself") << QByteArray("https://gateway.example") << false;
    }

    void aListIsExact()
    {
        QFETCH(const QByteArray, origin);
        const auto rules = listed({QStringLiteral("HTTPS://Example.com"), QStringLiteral("http://localhost:5173"),
                                   QStringLiteral("https://b\u00fccher.example"), QStringLiteral("capacitor://localhost")});
        QTEST(admits(rules, "gateway.example", origin), "admitted");
    }

    void aStarIsAnybody()
    {
        for (const char *origin : {"https://evil.net", "null", "HTTP://A"})
            QVERIFY(admits(listed({QStringLiteral("*")}), "example.com", origin));
    }

    void twoFieldsAreNobody()
    {
        const auto head = headOf("example.com", "Origin: https://example.com\r\norigin: https://example.com\r\n");
        QVERIFY(!listed({}).admits(head, true));
        QVERIFY(!listed({QStringLiteral("*")}).admits(head, true));
    }

    void badEntries_data()
    {
        QTest::addColumn<QString>("entry");
        for (const char *entry : {"example.com", "https://example.com/", "https://example.com/a", "https://*.example.com", "null",
                                  "https://", "https://a:b", "https://a:0", "https://u@a", "ht tp://a", "https://a b", "://a"})
            QTest::newRow(entry) << QString::fromLatin1(entry);
    }

    void badEntries()
    {
        QFETCH(const QString, entry);
        const auto rules = OriginRules::of({QStringLiteral("https://good.example"), entry});
        QVERIFY(!rules);
        QVERIFY(rules.error().text.contains(entry));
    }
};

QTEST_APPLESS_MAIN(TestOriginRules)
#include "tst_originrules.moc"
