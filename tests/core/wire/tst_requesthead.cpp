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
