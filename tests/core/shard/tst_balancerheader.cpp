// PROXY headers of versions 1 and 2: whom they name, where they end, and what is none.
#include "core/model/limits.h"
#include "core/shard/balancerheader.h"

#include <QTest>
#include <QtEndian>

using namespace odin;

namespace {

const QByteArray sign("\r\n\r\n\0\r\nQUIT\n", 12);
const QByteArray addresses4 = QByteArray::fromHex("c6336407" "cb007101" "dc04" "01bb"); // 198.51.100.7:56324 -> :443
const QByteArray addresses6 = QByteArray::fromHex("20010db8000100020000000000000003" "20010db8000000000000000000000001" "dc04" "01bb");

QByteArray version2(quint8 command, quint8 family, const QByteArray &rest)
{
    char length[2];
    qToBigEndian(quint16(rest.size()), length);
    return sign + char(command) + char(family) + QByteArray(length, 2) + rest;
}

// "198.51.100.7 56324 of 41", "itself of 16", "incomplete", "malformed"
QByteArray outcome(const QByteArray &bytes)
{
    const auto parsed = parseBalancerHeader(bytes);
    if (std::holds_alternative<BalancerHeaderIncomplete>(parsed))
        return "incomplete";
    const auto *header = std::get_if<BalancerHeader>(&parsed);
    if (!header)
        return "malformed";
    const auto of = " of " + QByteArray::number(header->bytes);
    if (!header->client)
        return "itself" + of;
    return header->client->address.toString().toLatin1() + ' ' + QByteArray::number(header->client->port) + of;
}

} // namespace

class TestBalancerHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &header, const QByteArray &expected) {
            QTest::newRow(name) << header << expected + " of " + QByteArray::number(header.size());
        };
        row("1: IPv4", "PROXY TCP4 198.51.100.7 203.0.113.1 56324 443\r\n", "198.51.100.7 56324");
        row("1: IPv6", "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n", "2001:db8::7 56324");
        row("1: unknown", "PROXY UNKNOWN\r\n", "itself");
        row("1: unknown, with whatever", "PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n", "itself");
        row("1: ports at their ends", "PROXY TCP4 198.51.100.7 203.0.113.1 0 65535\r\n", "198.51.100.7 0");
        row("2: IPv4", version2(0x21, 0x11, addresses4), "198.51.100.7 56324");
        row("2: IPv6", version2(0x21, 0x21, addresses6), "2001:db8:1:2::3 56324");
        row("2: IPv4 with TLVs", version2(0x21, 0x11, addresses4 + QByteArray::fromHex("010002683203000400000000")),
            "198.51.100.7 56324");
        row("2: IPv6 with TLVs", version2(0x21, 0x21, addresses6 + QByteArray(100, '\xee')), "2001:db8:1:2::3 56324");
        row("2: as long as may be", version2(0x21, 0x11, addresses4 + QByteArray(limits::balancerHeaderBytesMax - 28, 'x')),
            "198.51.100.7 56324");
        row("2: local", version2(0x20, 0x00, ""), "itself");
        row("2: local, with addresses", version2(0x20, 0x11, addresses4), "itself");
        row("2: unspecified", version2(0x21, 0x00, "whatever"), "itself");
    }

    void parses()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const QByteArray, expected);
        QCOMPARE(outcome(header), expected);
        QCOMPARE(outcome(header + "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), expected); // exactly its bytes
        for (qsizetype size = 0; size < header.size(); ++size)
            QCOMPARE(outcome(header.left(size)), "incomplete");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
        row("a request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        row("a TLS hello", QByteArray::fromHex("1603010200010001fc0303"));
        row("small letters", "proxy TCP4 198.51.100.7 203.0.113.1 56324 443\r\n");
        row("UDP", "PROXY UDP4 198.51.100.7 203.0.113.1 56324 443\r\n");
        row("no family", "PROXY \r\n");
        row("a word too few", "PROXY TCP4 198.51.100.7 203.0.113.1 56324\r\n");
        row("a word too many", "PROXY TCP4 198.51.100.7 203.0.113.1 56324 443 x\r\n");
        row("two blanks", "PROXY TCP4  198.51.100.7 203.0.113.1 56324 443\r\n");
        row("a tab", "PROXY TCP4\t198.51.100.7 203.0.113.1 56324 443\r\n");
        row("no address", "PROXY TCP4 balancer 203.0.113.1 56324 443\r\n");
        row("half an address", "PROXY TCP4 198.51 203.0.113.1 56324 443\r\n");
        row("IPv6 as IPv4", "PROXY TCP4 2001:db8::7 2001:db8::1 56324 443\r\n");
        row("IPv4 as IPv6", "PROXY TCP6 198.51.100.7 203.0.113.1 56324 443\r\n");
        row("a bad target", "PROXY TCP4 198.51.100.7 x 56324 443\r\n");
        row("a large port", "PROXY TCP4 198.51.100.7 203.0.113.1 65536 443\r\n");
        row("a port with a sign", "PROXY TCP4 198.51.100.7 203.0.113.1 +1 443\r\n");
        row("a port with zeros", "PROXY TCP4 198.51.100.7 203.0.113.1 0443 443\r\n");
        row("a bad target port", "PROXY TCP4 198.51.100.7 203.0.113.1 1 x\r\n");
        row("a lone LF", "PROXY TCP4 198.51.100.7 203.0.113.1 56324 443\n" + QByteArray(107, 'x'));
        row("NUL", QByteArray("PROXY TCP4 198.51.100.7\0 203.0.113.1 56324 443\r\n", 48));
        row("a long line", "PROXY UNKNOWN " + QByteArray(100, 'x') + "\r\n");
        row("an endless line", "PROXY TCP4 " + QByteArray(1000, '1'));
        row("version 1 of 2", version2(0x11, 0x11, addresses4));
        row("version 3", version2(0x31, 0x11, addresses4));
        row("another command", version2(0x22, 0x11, addresses4));
        row("UDP over IPv4", version2(0x21, 0x12, addresses4));
        row("a Unix socket", version2(0x21, 0x31, QByteArray(216, 'x')));
        row("another family", version2(0x21, 0x41, addresses6));
        row("short IPv4", version2(0x21, 0x11, addresses4.left(11)));
        row("short IPv6", version2(0x21, 0x21, addresses4));
        row("too long", version2(0x21, 0x11, addresses4 + QByteArray(limits::balancerHeaderBytesMax - 27, 'x')));
        row("a claim of 64 KiB", sign + "\x21\x11\xff\xff");
        row("a broken sign", QByteArray(sign).replace("QUIT", "QUIZ") + QByteArray(20, '\0'));
    }

    void refuses()
    {
        QFETCH(const QByteArray, bytes);
        QCOMPARE(outcome(bytes), "malformed");
    }
};

QTEST_APPLESS_MAIN(TestBalancerHeader)
#include "tst_balancerheader.moc"
