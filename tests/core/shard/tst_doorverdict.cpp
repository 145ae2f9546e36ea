// Who comes in as a WebSocket, who is served over HTTP, and who is told no.
#include "core/shard/doorverdict.h"

#include <QTest>

using namespace odin;

namespace {

const QByteArray fields = "Host: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
const QByteArray key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

// 101 for a session, 0 for HTTP, else the status of the refusal.
int verdictOn(const QByteArray &request)
{
    const auto parsed = parseRequestHead(request + "\r\n");
    if (!std::holds_alternative<RequestHead>(parsed))
        return -1;
    const auto verdict = judge(std::get<RequestHead>(parsed));
    if (const auto *refusal = std::get_if<HttpRefusal>(&verdict))
        return refusal->status;
    return std::holds_alternative<OpenSession>(verdict) ? 101 : 0;
}

TokenSelection selectionOf(const QByteArray &target)
{
    const auto parsed = parseRequestHead("GET " + target + " HTTP/1.1\r\n" + fields + version + key + "\r\n");
    const auto verdict = judge(std::get<RequestHead>(parsed));
    const auto *open = std::get_if<OpenSession>(&verdict);
    return open ? open->selection : TokenSelection{false, {"refused"}};
}

} // namespace

class TestDoorVerdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char *name, const QByteArray &request, int verdict) {
            QTest::newRow(name) << request << verdict;
        };
        const QByteArray get = "GET /ws HTTP/1.1\r\n";
        row("a session", get + fields + version + key, 101);
        row("field names in any case", get + QByteArray(fields).replace("Upgrade:", "UPGRADE:") + version + key, 101);
        row("with tokens", "GET /ws?tokens=BTC,ETH HTTP/1.1\r\n" + fields + version + key, 101);
        row("with other parameters", "GET /ws?x=1 HTTP/1.1\r\n" + fields + version + key, 101);
        row("not GET", "POST /ws HTTP/1.1\r\n" + fields + version + key, 405);
        row("HEAD", "HEAD /ws HTTP/1.1\r\nHost: a\r\n", 405);
        row("a plain GET", get + "Host: localhost\r\n", 426);
        row("no Connection", get + "Host: a\r\nUpgrade: websocket\r\n" + version + key, 426);
        row("another protocol", get + QByteArray(fields).replace("websocket", "h2c") + version + key, 426);
        row("no version", get + fields + key, 426);
        row("an old version", get + fields + "Sec-WebSocket-Version: 8\r\n" + key, 426);
        row("no key", get + fields + version, 400);
        row("a short key", get + fields + version + "Sec-WebSocket-Key: AAAA\r\n", 400);
        row("a long key", get + fields + version + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA\r\n", 400);
        row("no base64", get + fields + version + "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n", 400);
        row("HTTP/1.0", "GET /ws HTTP/1.0\r\n" + fields + version + key, 505);
        row("a body", get + fields + version + key + "Content-Length: 5\r\n", 400);
        row("no body, said", get + fields + version + key + "Content-Length: 0\r\n", 101);
        row("Connection in two lines", get + "Host: a\r\nUpgrade: websocket\r\nConnection: keep-alive\r\nConnection: Upgrade\r\n"
                + version + key, 101);
        row("a line that QtWebSockets would not read", get + fields + version + key + "X: " + QByteArray(9000, 'x') + "\r\n", 431);
        row("a target that it would not", "GET /ws?x=" + QByteArray(9000, 'x') + " HTTP/1.1\r\n" + fields + version + key, 431);
        row("a token of the largest size", get + fields + version + key + "Authorization: Bearer " + QByteArray(4096, 'x') + "\r\n", 101);
        row("no tokens", "GET /ws?tokens= HTTP/1.1\r\n" + fields + version + key, 400);
        row("a bad token", "GET /ws?tokens=BTC,%3Cx%3E HTTP/1.1\r\n" + fields + version + key, 400);
        row("a session elsewhere", "GET /other HTTP/1.1\r\n" + fields + version + key, 404);
        row("almost /ws", "GET /ws/ HTTP/1.1\r\n" + fields + version + key, 404);
        row("a page", "GET / HTTP/1.1\r\nHost: localhost\r\n", 0);
        row("anything else", "DELETE /unknown HTTP/1.1\r\nHost: localhost\r\n", 0);
    }

    void judges()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, verdict);
        QCOMPARE(verdictOn(request), verdict);
    }

    void selections()
    {
        QCOMPARE(selectionOf("/ws"), TokenSelection{});
        QCOMPARE(selectionOf("/ws?tokens=*"), (TokenSelection{true, {}}));
        QCOMPARE(selectionOf("/ws?tokens=%2A"), (TokenSelection{true, {}}));
        QCOMPARE(selectionOf("/ws?a=b&tokens=BTC%2CETH"), (TokenSelection{false, {"BTC", "ETH"}}));
    }

    void refusalsAreCompleteResponses()
    {
        for (const int status : {400, 401, 403, 404, 405, 408, 413, 417, 421, 426, 429, 431, 501, 503, 505}) {
            const auto response = refusalResponse({status, "because"});
            QVERIFY(response.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '));
            QVERIFY(!response.contains(" Refused"));
            QVERIFY(response.contains("\r\nContent-Length: 8\r\n"));
            QVERIFY(response.contains("\r\nConnection: close\r\n"));
            QVERIFY(response.endsWith("\r\n\r\nbecause\n"));
            QCOMPARE(response.contains("\r\nRetry-After: 5\r\n"), status == 503 || status == 429);
            QCOMPARE(response.contains("\r\nWWW-Authenticate: Bearer\r\n"), status == 401);
            QCOMPARE(response.contains("\r\nAllow: GET\r\n"), status == 405);
            QCOMPARE(response.contains("\r\nSec-WebSocket-Version: 13\r\n"), status == 426);
        }
    }

    void everyReasonHasItsAnswer()
    {
        for (const auto &rule : turnawayRules) {
            const auto response = refusalResponse(refusalOf(rule.turnaway), rule.turnaway);
            QVERIFY(response.startsWith("HTTP/1.1 " + QByteArray::number(rule.status) + ' '));
            QVERIFY(response.endsWith(QByteArray("\r\n\r\n") + rule.sentence + '\n'));
        }
        const auto said = [](Turnaway why) { return refusalResponse(refusalOf(why), why); };
        QVERIFY(said(Turnaway::WrongToken).contains("\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"));
        QVERIFY(said(Turnaway::FailedLogins).contains("\r\nRetry-After: 60\r\n"));
        QVERIFY(said(Turnaway::AddressRate).contains("\r\nRetry-After: 1\r\n"));
        QVERIFY(said(Turnaway::AddressConnections).contains("\r\nRetry-After: 5\r\n"));
        QVERIFY(said(Turnaway::Unknowns).contains("\r\nRetry-After: 5\r\n"));
    }
};

QTEST_APPLESS_MAIN(TestDoorVerdict)
#include "tst_doorverdict.moc"
