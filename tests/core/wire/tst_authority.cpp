// Hosts and ports: what is one, and in which form.
#include "core/wire/authority.h"

#include <QTest>

using namespace odin;

class TestAuthority : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port"); // 0: none is said
        QTest::addColumn<bool>("isAddress");
        const auto row = [](const char *text, const char *host, int port, bool isAddress) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(host) << port << isAddress;
        };
        row("example.com", "example.com", 0, false);
        row("EXAMPLE.Com:8080", "example.com", 8080, false);
        row("example.com.", "example.com", 0, false);
        row("a_b-c.d", "a_b-c.d", 0, false);
        row("a:1", "a", 1, false);
        row("a:65535", "a", 65535, false);
        row("127.0.0.1:80", "127.0.0.1", 80, true);
        row("[::1]", "[::1]", 0, true);
        row("[::1]:8080", "[::1]", 8080, true);
        row("[2001:DB8:0:0::7]:1", "[2001:db8::7]", 1, true);
        row("127.1", "127.1", 0, false);
        row("1.2.3.4.5", "1.2.3.4.5", 0, false);
    }

    void parses()
    {
        QFETCH(const QByteArray, text);
        const auto authority = parseAuthority(text);
        QVERIFY(authority);
        QTEST(authority->host, "host");
        QTEST(int(authority->port.value_or(0)), "port");
        QTEST(authority->isAddress, "isAddress");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", ".", "..", "a..b", ".a", ":80", "a:", "a:0", "a:65536", "a:080", "a:-1", "a:+1", "a: 1", "a:1:2", "a:http",
                                 "user@a", "a/b", "a?b", "a b", " a", "a%20", "a,b", "*", "::1", "[::1", "::1]", "[::1]x", "[]",
                                 "[127.0.0.1]", "[fe80::1%eth0]", "[v1.x]", "b\xc3\xbc" "cher", "a\\b", "a'b"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("a long label") << QByteArray(64, 'a');
        QTest::newRow("a long name") << QByteArray("a.").repeated(128);
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("NUL in brackets") << QByteArray("[::1\0]", 6);
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!parseAuthority(text));
    }
};

QTEST_APPLESS_MAIN(TestAuthority)
#include "tst_authority.moc"
