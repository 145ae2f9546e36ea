// Claims: what a good token must say, of which type, and when.
#include "core/security/claims.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace odin;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;

std::variant<Identity, TokenFault> verdictOf(const QByteArray &json, const ClaimRules &rules = {})
{
    return identityOf(QJsonDocument::fromJson(json).object(), rules, nowMs);
}

Identity identity(const QByteArray &json) { return std::get<Identity>(verdictOf(json)); }

QByteArray with(const QByteArray &more)
{
    return "{\"sub\":\"alice\",\"exp\":1800000600" + QByteArray(more.isEmpty() ? "" : "," + more) + "}";
}

} // namespace

class TestClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoItIs()
    {
        const auto alice = identity(with(R"("jti":"t-1","iat":1799999000.5,"role":"operator","tokens":["BTC","ETH"])"));
        QCOMPARE(alice.subject, "alice");
        QCOMPARE(alice.tokenId, "t-1");
        QCOMPARE(alice.role, Role::Operator);
        QCOMPARE(alice.issuedMs, 1'799'999'000'500);
        QCOMPARE(alice.expiresMs, 1'800'000'600'000);
        QVERIFY(alice.mayRead("BTC") && !alice.mayRead("SOL"));
    }

    void whatIsNotSaid()
    {
        const auto alice = identity(with({}));
        QCOMPARE(alice.tokenId, QByteArray());
        QCOMPARE(alice.role, Role::Viewer);
        QCOMPARE(alice.issuedMs, 0);
        QVERIFY(!alice.prices);
        QVERIFY(alice.mayRead("ANY"));
    }

    void allAndNoPrices()
    {
        QVERIFY(!identity(with(R"("tokens":["BTC","*"])")).prices);
        QVERIFY(!identity(with(R"("tokens":[])")).mayRead("BTC"));
    }

    void verdict_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QByteArray>("verdict");
        const auto row = [](const char *name, const QByteArray &json, const char *verdict) {
            QTest::newRow(name) << json << QByteArray(verdict);
        };
        row("good", with({}), "good");
        row("ended a while ago, within the skew", R"({"sub":"a","exp":1799999941})", "good");
        row("ended", R"({"sub":"a","exp":1799999940})", "expired");
        row("ended long ago", R"({"sub":"a","exp":0})", "expired");
        row("exp as text", R"({"sub":"a","exp":"1800000600"})", "claims");
        row("exp null", R"({"sub":"a","exp":null})", "claims");
        row("exp true", R"({"sub":"a","exp":true})", "claims");
        row("exp below zero", R"({"sub":"a","exp":-1})", "claims");
        row("exp in milliseconds", R"({"sub":"a","exp":1800000600000})", "claims");
        row("exp 1e300", R"({"sub":"a","exp":1e300})", "claims");
        row("exp in 9999", R"({"sub":"a","exp":253402300799})", "good");
        row("no exp", R"({"sub":"a"})", "claims");
        row("nbf past", with(R"("nbf":1799999000)"), "good");
        row("nbf within the skew", with(R"("nbf":1800000060)"), "good");
        row("nbf ahead", with(R"("nbf":1800000061)"), "not_yet_valid");
        row("nbf as text", with(R"("nbf":"0")"), "claims");
        row("iat within the skew", with(R"("iat":1800000060)"), "good");
        row("iat ahead", with(R"("iat":1800000061)"), "not_yet_valid");
        row("iat as text", with(R"("iat":"now")"), "claims");
        row("iss", with(R"("iss":"odin")"), "good");
        row("iss a number", with(R"("iss":1)"), "claims");
        row("aud", with(R"("aud":"prices")"), "good");
        row("aud a list", with(R"("aud":["a","b"])"), "good");
        row("aud a number", with(R"("aud":1)"), "claims");
        row("aud a list with a number", with(R"("aud":["prices",1])"), "claims");
        row("aud an object", with(R"("aud":{})"), "claims");
        row("no sub", R"({"exp":1800000600})", "claims");
        row("sub empty", R"({"sub":"","exp":1800000600})", "claims");
        row("sub a number", R"({"sub":7,"exp":1800000600})", "claims");
        row("sub with a line break", R"({"sub":"a\nb","exp":1800000600})", "claims");
        row("sub with a zero", R"({"sub":"a\u0000","exp":1800000600})", "claims");
        row("sub with an escape", R"({"sub":"\u001b2J","exp":1800000600})", "claims");
        row("sub with C1", R"({"sub":"a\u0085b","exp":1800000600})", "claims");
        row("sub with half a surrogate", R"({"sub":"a\ud800","exp":1800000600})", "claims");
        row("sub not Latin", "{\"sub\":\"\xce\xb1\",\"exp\":1800000600}", "good");
        row("sub of 256 bytes", "{\"exp\":1800000600,\"sub\":\"" + QByteArray(256, 's') + "\"}", "good");
        row("sub of 257 bytes", "{\"exp\":1800000600,\"sub\":\"" + QByteArray(257, 's') + "\"}", "claims");
        row("sub of 129 letters of two bytes",
            "{\"exp\":1800000600,\"sub\":\"" + QByteArray("\xce\xb1").repeated(129) + "\"}", "claims");
        row("jti a number", with(R"("jti":1)"), "claims");
        row("jti empty", with(R"("jti":"")"), "claims");
        row("jti too long", with("\"jti\":\"" + QByteArray(257, 'j') + "\""), "claims");
        row("tokens a text", with(R"("tokens":"BTC")"), "claims");
        row("tokens with a number", with(R"("tokens":[1])"), "claims");
        row("tokens with a wrong name", with(R"("tokens":["B T C"])"), "claims");
        row("tokens with a wrong name beside *", with(R"("tokens":["*","b.*"])"), "claims");
        row("tokens null", with(R"("tokens":null)"), "claims");
        row("1000 tokens", with("\"tokens\":[" + QByteArray("\"A\",").repeated(999) + "\"B\"]"), "good");
        row("1001 tokens", with("\"tokens\":[" + QByteArray("\"A\",").repeated(1000) + "\"B\"]"), "claims");
        row("role viewer", with(R"("role":"viewer")"), "good");
        row("role unknown", with(R"("role":"admin")"), "claims");
        row("role in capitals", with(R"("role":"Operator")"), "claims");
        row("role a list", with(R"("role":["operator"])"), "claims");
        row("role null", with(R"("role":null)"), "claims");
        row("unknown claims", with(R"("scope":"x","email":{"a":[1]})"), "good");
    }

    void verdict()
    {
        QFETCH(QByteArray, claims);
        QFETCH(QByteArray, verdict);
        const auto got = verdictOf(claims);
        const auto *fault = std::get_if<TokenFault>(&got);
        QCOMPARE(QByteArray(fault ? tokenFaultNames[std::size_t(*fault)] : "good"), verdict);
    }

    void issuerAndAudience_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("verdict");
        const auto row = [](const char *name, const QByteArray &more, const char *verdict) {
            QTest::newRow(name) << with(more) << QByteArray(verdict);
        };
        row("both", R"("iss":"odin","aud":"prices")", "good");
        row("one of several", R"("iss":"odin","aud":["x","prices"])", "good");
        row("no issuer", R"("aud":"prices")", "issuer");
        row("another issuer", R"("iss":"urn:odin","aud":"prices")", "issuer");
        row("issuer in capitals", R"("iss":"ODIN","aud":"prices")", "issuer");
        row("no audience", R"("iss":"odin")", "audience");
        row("another audience", R"("iss":"odin","aud":"price")", "audience");
        row("audience with more behind", R"("iss":"odin","aud":"prices,x")", "audience");
        row("no audience in the list", R"("iss":"odin","aud":[])", "audience");
    }

    void issuerAndAudience()
    {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, verdict);
        const auto got = verdictOf(more, {QStringLiteral("odin"), QStringLiteral("prices")});
        const auto *fault = std::get_if<TokenFault>(&got);
        QCOMPARE(QByteArray(fault ? tokenFaultNames[std::size_t(*fault)] : "good"), verdict);
    }
};

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
