// Where a token is looked for, and in which order.
#include "core/shard/credentials.h"

#include <QTest>

using namespace odin;

namespace {

QByteArray shown(const QByteArray &target, const QByteArray &fields, bool inQuery)
{
    const auto head = std::get<RequestHead>(parseRequestHead("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"));
    const auto token = tokenOf(head, inQuery);
    return token ? "token " + *token : QByteArray("none");
}

QByteArray bearer(const QByteArray &token) // as a subprotocol
{
    return "odin.bearer." + token.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &fields, const QByteArray &expected) {
            QTest::newRow(name) << fields << expected;
        };
        const QByteArray list = "Sec-WebSocket-Protocol: ";
        row("nothing", "", "none");
        row("Authorization", "Authorization: Bearer a.b.c\r\n", "token a.b.c");
        row("in any case", "authorization: bEARER a.b.c\r\n", "token a.b.c");
        row("more blanks", "Authorization: Bearer   a.b.c\r\n", "token a.b.c");
        row("Bearer and nothing", "Authorization: Bearer\r\n", "token ");
        row("Bearer and blanks", "Authorization: Bearer   \r\n", "token ");
        row("another scheme", "Authorization: Basic YTpi\r\n", "none");
        row("a scheme that begins so", "Authorization: Bearers a.b.c\r\n", "none");
        row("a subprotocol", list + "odin.v1.json, " + bearer("a.b.c") + "\r\n", "token a.b.c");
        row("a subprotocol in front", list + bearer("a.b.c") + ",odin.v1.json\r\n", "token a.b.c");
        row("a subprotocol in a line of its own", list + "odin.v1.json\r\n" + list + bearer("a.b.c") + "\r\n", "token a.b.c");
        row("with bytes that need base64url", list + bearer("\xff\xfe\xfd?") + "\r\n", "token \xff\xfe\xfd?");
        row("not base64url", list + "odin.bearer.a+b!\r\n", "token ");
        row("no token in it", list + "odin.bearer.\r\n", "token ");
        row("other subprotocols", list + "odin.v1.json, odin.bearers, bearer\r\n", "none");
        row("both: Authorization first", "Authorization: Bearer one\r\n" + list + bearer("two") + "\r\n", "token one");
        row("Basic and a subprotocol", "Authorization: Basic x\r\n" + list + bearer("two") + "\r\n", "token two");
        row("a wrong one hides no other", "Authorization: Bearer\r\n" + list + bearer("two") + "\r\n", "token ");
    }

    void tokens()
    {
        QFETCH(const QByteArray, fields);
        QTEST(shown("/ws", fields, false), "expected");
        QTEST(shown("/ws", fields, true), "expected");
    }

    void theQueryOnlyIfItIsSwitchedOn()
    {
        const QByteArray target = "/ws?tokens=BTC&access_token=a%2Eb.c";
        QCOMPARE(shown(target, "", true), "token a.b.c");
        QCOMPARE(shown(target, "", false), "none");
        QCOMPARE(shown("/ws?access_token=", "", true), "token ");
        QCOMPARE(shown("/ws?access_tokens=a", "", true), "none");
        QCOMPARE(shown(target, "Authorization: Bearer one\r\n", true), "token one");
    }
};

QTEST_APPLESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
