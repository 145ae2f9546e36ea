// Request heads: what is let through and what is refused with which status.
#include "core/model/limits.h"
#include "core/wire/requesthead.h"

#include <QTest>

using namespace odin;

namespace {

int statusOf(const QByteArray &bytes)
{
    const auto parsed = parseRequestHead(bytes);
    if (const auto *refusal = std::get_if<HttpRefusal>(&parsed))
        return refusal->status;
    return std::holds_alternative<HeadIncomplete>(parsed) ? 0 : 200;
}

QByteArray get(const QByteArray &fields, const QByteArray &line = "GET / HTTP/1.1")
{
    return line + "\r\n" + fields + "\r\n";
}

} // namespace

class TestRequestHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses()
    {
        const auto parsed = parseRequestHead("GET /ws?tokens=BTC%2CETH&x=1 HTTP/1.1\r\nHOST: a:1\r\n"
                                             "Connection: keep-alive, Upgrade\r\nUpgrade:  websocket \r\n\r\nbody");
        const auto &head = std::get<RequestHead>(parsed);
        QCOMPARE(head.method, "GET");
        QCOMPARE(head.path, "/ws");
        QCOMPARE(*head.parameter("tokens"), "BTC,ETH");
        QVERIFY(!head.parameter("token"));
        QCOMPARE(head.field("host").toByteArray(), "a:1");
        QVERIFY(head.fieldHas("connection", "upgrade"));
        QVERIFY(head.fieldHas("upgrade", "WebSocket"));
        QVERIFY(!head.fieldHas("upgrade", "web"));
    }

    void listsMayStandInSeveralLines()
    {
        const auto parsed = parseRequestHead(get("Host: a\r\nConnection: keep-alive\r\nConnection: x ,\tUpgrade\r\n"));
        const auto &head = std::get<RequestHead>(parsed);
        QCOMPARE(head.list("connection"), (std::vector<QByteArray>{"keep-alive", "x", "Upgrade"}));
        QVERIFY(head.fieldHas("connection", "upgrade"));
        QCOMPARE(head.count("connection"), 2u);
        QCOMPARE(head.count("origin"), 0u);
        QVERIFY(!head.isHttp10);
        QCOMPARE(head.host, (Authority{"a", {}, false}));
    }

    void everyPrefixIsIncomplete()
    {
        const QByteArray whole = get("Host: a\r\nX: y\r\n");
        for (qsizetype size = 0; size < whole.size(); ++size)
            QCOMPARE(statusOf(whole.left(size)), 0);
        QCOMPARE(statusOf(whole), 200);
    }

    void status_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &head, int status) { QTest::newRow(name) << head << status; };
        row("good", get("Host: a\r\n"), 200);
        row("HTTP/1.0", get("Host: a\r\n", "GET / HTTP/1.0"), 200);
        row("no host", get(""), 400);
        row("two hosts", get("Host: a\r\nHost: b\r\n"), 400);
        row("HTTP/2.0", get("Host: a\r\n", "GET / HTTP/2.0"), 505);
        row("HTTP/9.9", get("Host: a\r\n", "GET / HTTP/9.9"), 505);
        row("no version", get("Host: a\r\n", "GET /"), 400);
        row("absolute target", get("Host: a\r\n", "GET http://a/ HTTP/1.1"), 400);
        row("space in target", get("Host: a\r\n", "GET /a b HTTP/1.1"), 400);
        row("method with control", get("Host: a\r\n", "G\x01T / HTTP/1.1"), 400);
        row("lone LF", "GET / HTTP/1.1\nHost: a\n\r\n\r\n", 400);
        row("folded line", get("Host: a\r\nX: y\r\n z\r\n"), 400);
        row("space before colon", get("Host : a\r\n"), 400);
        row("no colon", get("Host: a\r\nnonsense\r\n"), 400);
        row("control in value", get("Host: a\r\nX: \x01\r\n"), 400);
        row("chunked", get("Host: a\r\nTransfer-Encoding: chunked\r\n"), 501);
        row("negative length", get("Host: a\r\nContent-Length: -1\r\n"), 400);
        row("plus length", get("Host: a\r\nContent-Length: +1\r\n"), 400);
        row("length list", get("Host: a\r\nContent-Length: 1, 1\r\n"), 400);
        row("two lengths", get("Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n"), 400);
        row("big body", get("Host: a\r\nContent-Length: 65537\r\n"), 413);
        row("many fields", get("Host: a\r\n" + QByteArray("X: y\r\n").repeated(limits::headFieldsMax)), 431);
        row("long head", get("Host: a\r\nX: " + QByteArray(limits::headBytesMax, 'x') + "\r\n"), 431);
        row("endless head", QByteArray(limits::headBytesMax + 4, 'x'), 431);
        row("LF at the end of a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\n\r\n\r\n", 400);
        row("CR at the end of a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\r\n\r\n", 400);
        row("CR in the request line", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400);
        row("CR in a name", get("Host: a\r\nX\rY: z\r\n"), 400);
        row("LF only, and no end", "GET / HTTP/1.1\nHost: a\n\n", 400);
        row("a lone CR, and no end", "GET / HTTP/1.1\rHost: a", 400);
        row("NUL in a value", get(QByteArray("Host: a\r\nX: a\0b\r\n", 17)), 400);
        row("NUL, and no end", QByteArray("GET /\0", 6), 400);
        row("an empty line first", "\r\n" + get("Host: a\r\n"), 400);
        row("a tab in the request line", get("Host: a\r\n", "GET\t/ HTTP/1.1"), 400);
        row("two blanks", get("Host: a\r\n", "GET  / HTTP/1.1"), 400);
        row("a blank at the end", get("Host: a\r\n", "GET / HTTP/1.1 "), 400);
        row("small letters", get("Host: a\r\n", "GET / http/1.1"), 400);
        row("HTTP/1.10", get("Host: a\r\n", "GET / HTTP/1.10"), 400);
        row("HTTP/1", get("Host: a\r\n", "GET / HTTP/1"), 400);
        row("no target", get("Host: a\r\n", "GET  HTTP/1.1"), 400);
        row("a star as target", get("Host: a\r\n", "OPTIONS * HTTP/1.1"), 400);
        row("an authority as target", get("Host: a\r\n", "CONNECT a:80 HTTP/1.1"), 400);
        row("a fragment", get("Host: a\r\n", "GET /#a HTTP/1.1"), 400);
        row("a backslash", get("Host: a\r\n", "GET /\\a HTTP/1.1"), 400);
        row("UTF-8 in the target", get("Host: a\r\n", "GET /\xc3\xbc HTTP/1.1"), 400);
        row("half a percent", get("Host: a\r\n", "GET /a%2 HTTP/1.1"), 400);
        row("percent of nothing", get("Host: a\r\n", "GET /%zz HTTP/1.1"), 400);
        row("percent", get("Host: a\r\n", "GET /%41?a=%2C HTTP/1.1"), 200);
        row("UTF-8 in a value", get("Host: a\r\nX: S\xc3\xa3o Paulo\r\n"), 200);
        row("UTF-8 in a name", get("Host: a\r\n\xc3\xbc: y\r\n"), 400);
        row("an empty value", get("Host: a\r\nX:\r\n"), 200);
        row("no name", get("Host: a\r\n: y\r\n"), 400);
        row("a field first", "X: y\r\n" + get("Host: a\r\n"), 400);
        row("an empty host", get("Host:\r\n"), 400);
        row("a user in the host", get("Host: u@a\r\n"), 400);
        row("a path in the host", get("Host: a/b\r\n"), 400);
        row("hosts in one", get("Host: a, b\r\n"), 400);
        row("a bad port", get("Host: a:99999\r\n"), 400);
        row("IPv6", get("Host: [::1]:80\r\n"), 200);
        row("blank before a length's colon", get("Host: a\r\nContent-Length : 5\r\n"), 400);
        row("hexadecimal length", get("Host: a\r\nContent-Length: 0x5\r\n"), 400);
        row("length with a unit", get("Host: a\r\nContent-Length: 5 bytes\r\n"), 400);
        row("an empty length", get("Host: a\r\nContent-Length:\r\n"), 400);
        row("huge length", get("Host: a\r\nContent-Length: 99999999999999999999\r\n"), 400);
        row("two equal lengths in one", get("Host: a\r\nContent-Length: 5,5\r\n"), 400);
        row("length and chunked", get("Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 501);
        row("chunked in disguise", get("Host: a\r\nTransfer-Encoding: xchunked\r\n"), 501);
        row("chunked in 1.0", get("Host: a\r\nTransfer-Encoding: chunked\r\n", "GET / HTTP/1.0"), 501);
        row("chunked with a blank", get("Host: a\r\nTransfer-Encoding : chunked\r\n"), 400);
        row("expect", get("Host: a\r\nExpect: 100-continue\r\n", "POST / HTTP/1.1"), 417);
        row("two authorizations", get("Host: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n"), 400);
        row("two keys", get("Host: a\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Key: b\r\n"), 400);
        row("two versions", get("Host: a\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8\r\n"), 400);
        row("as long as may be", get("Host: a\r\nX: " + QByteArray(limits::headBytesMax - 28, 'x') + "\r\n"), 200);
        row("one byte longer", get("Host: a\r\nX: " + QByteArray(limits::headBytesMax - 27, 'x') + "\r\n"), 431);
        row("as many fields as may be", get("Host: a\r\n" + QByteArray("X: y\r\n").repeated(limits::headFieldsMax - 1)), 200);
        row("TLS hello", QByteArray::fromHex("1603010200010001fc0303") + "\r\n\r\n", 400);
    }

    void status()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        QCOMPARE(statusOf(head), status);
    }
};

QTEST_APPLESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
