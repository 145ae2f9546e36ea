// Keys: each is good for one algorithm, weak ones and those for another purpose are none, and PEM and JWK mean the
// same.
#include "core/security/jwskey.h"
#include "core/security/pemkeys.h"
#include "forge.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace odin;

namespace {

QJsonObject jwkOf(const QByteArray &pem) { return jwksOfPem(pem).value().at(0); }
QJsonObject with(QJsonObject jwk, const char *name, const QJsonValue &value)
{
    jwk.insert(QLatin1String(name), value);
    return jwk;
}
QJsonObject json(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

QString algorithmOf(const QJsonObject &jwk)
{
    const auto key = JwsKey::fromJwk(jwk, JwsKey::Purpose::Verify);
    return key ? QLatin1String(key->algorithm().name) : QStringLiteral("none: ") + key.error().text;
}

bool isUsable(const QJsonObject &jwk, JwsKey::Purpose purpose = JwsKey::Purpose::Verify)
{
    return JwsKey::fromJwk(jwk, purpose).ok();
}

} // namespace

class TestJwsKey : public QObject
{
    Q_OBJECT

    const forge::KeyPtr m_rsa = forge::rsa();
    const forge::KeyPtr m_ec = forge::ec();

private Q_SLOTS:
    void theDefaultAlgorithmIsThatOfTheType()
    {
        QCOMPARE(algorithmOf(jwkOf(forge::publicPem(m_rsa))), QStringLiteral("RS256"));
        QCOMPARE(algorithmOf(jwkOf(forge::publicPem(m_ec))), QStringLiteral("ES256"));
        QCOMPARE(algorithmOf(jwkOf(forge::publicPem(forge::ec("P-384")))), QStringLiteral("ES384"));
        QCOMPARE(algorithmOf(jwkOf(forge::publicPem(forge::ec("P-521")))), QStringLiteral("ES512"));
        QVERIFY(algorithmOf(json(R"({"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})"))
                    .startsWith(QStringLiteral("none")));
    }

    void everyFormOfAPemKey()
    {
        for (const auto &key : {m_rsa, m_ec}) {
            const auto fromPublic = JwsKey::fromJwk(jwkOf(forge::publicPem(key)), JwsKey::Purpose::Verify);
            for (const auto &pem : {forge::privatePem(key), forge::certificatePem(key)})
                QVERIFY(fromPublic->isSameAs(JwsKey::fromJwk(jwkOf(pem), JwsKey::Purpose::Verify).value()));
        }
        const auto oldForm = forge::pem([&](BIO *bio) {
            PEM_write_bio_PrivateKey_traditional(bio, m_rsa.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
        QVERIFY(oldForm.startsWith("-----BEGIN RSA PRIVATE KEY"));
        QCOMPARE(jwkOf(oldForm), jwkOf(forge::privatePem(m_rsa)));
        QCOMPARE(jwksOfPem("# two keys\n" + forge::publicPem(m_rsa) + forge::publicPem(m_ec)).value().size(),
                 std::size_t(2));
    }

    void pemThatIsNoKey_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::newRow("encrypted") << forge::privatePem(m_rsa, "secret words");
        QTest::newRow("another curve") << forge::publicPem(forge::ec("secp256k1"));
        QTest::newRow("Ed25519") << forge::publicPem({EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free});
        QTest::newRow("empty block") << QByteArray("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n");
        QTest::newRow("nonsense") << QByteArray("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        QTest::newRow("something else") << QByteArray(
            "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n");
    }

    void pemThatIsNoKey()
    {
        QFETCH(QByteArray, pem);
        const auto jwks = jwksOfPem(pem);
        QVERIFY(!jwks || jwks->empty());
    }

    void refused_data()
    {
        QTest::addColumn<QJsonObject>("jwk");
        const auto row = [](const char *name, const QJsonObject &jwk) { QTest::newRow(name) << jwk; };
        const auto rsa = jwkOf(forge::publicPem(m_rsa));
        const auto ec = jwkOf(forge::publicPem(m_ec));
        const auto secret = json(forge::secretJwk(QByteArray(32, 's'), "HS256", "a"));
        row("nothing", {});
        row("RSA of 1024 bits", jwkOf(forge::publicPem(forge::rsa(1024))));
        row("RSA of 2047 bits", jwkOf(forge::publicPem(forge::rsa(2047))));
        row("RSA made longer by zeros",
            with(jwkOf(forge::publicPem(forge::rsa(1024))), "n",
                 QLatin1String(forge::encoded(
                     QByteArray(128, '\0')
                     + QByteArray::fromBase64(
                         jwkOf(forge::publicPem(forge::rsa(1024))).value(QLatin1String("n")).toString().toLatin1(),
                         QByteArray::Base64UrlEncoding)))));
        row("RSA exponent 1", with(rsa, "e", QStringLiteral("AQ")));
        row("RSA exponent even", with(rsa, "e", QStringLiteral("Ag")));
        row("RSA without exponent", with(rsa, "e", QJsonValue::Undefined));
        row("RSA with padding",
            with(rsa, "n", QString(rsa.value(QLatin1String("n")).toString() + QStringLiteral("=="))));
        row("RSA for ES256", with(rsa, "alg", QStringLiteral("ES256")));
        row("RSA for HS256", with(rsa, "alg", QStringLiteral("HS256")));
        row("RSA for encryption", with(rsa, "use", QStringLiteral("enc")));
        row("RSA for RSA-OAEP", with(rsa, "alg", QStringLiteral("RSA-OAEP")));
        row("RSA for none", with(rsa, "alg", QStringLiteral("none")));
        row("RSA, alg a number", with(rsa, "alg", 256));
        row("key_ops without verify", with(rsa, "key_ops", QJsonArray{QStringLiteral("sign")}));
        row("key_ops a text", with(rsa, "key_ops", QStringLiteral("verify")));
        row("curve unlike alg", with(ec, "alg", QStringLiteral("ES384")));
        row("unknown curve", with(ec, "crv", QStringLiteral("secp256k1")));
        row("point not on its curve", with(ec, "y", ec.value(QLatin1String("x"))));
        row("short coordinate", with(ec, "x", QStringLiteral("AAAA")));
        row("no coordinate", with(ec, "x", QJsonValue::Undefined));
        row("secret of 31 bytes", json(forge::secretJwk(QByteArray(31, 's'), "HS256", "a")));
        row("secret of nothing", json(forge::secretJwk({}, "HS256", "a")));
        row("secret without alg", with(secret, "alg", QJsonValue::Undefined));
        row("secret for RS256", with(secret, "alg", QStringLiteral("RS256")));
        row("OKP", json(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"));
    }

    void refused()
    {
        QFETCH(QJsonObject, jwk);
        QVERIFY(!isUsable(jwk));
    }

    void onlyWhoHasThePrivatePartSigns()
    {
        QVERIFY(!isUsable(jwkOf(forge::publicPem(m_rsa)), JwsKey::Purpose::Sign));
        QVERIFY(isUsable(jwkOf(forge::privatePem(m_rsa)), JwsKey::Purpose::Sign));
        const auto verifier = JwsKey::fromJwk(jwkOf(forge::privatePem(m_ec)), JwsKey::Purpose::Verify);
        QVERIFY(!verifier->signedToken(json("{\"a\":1}")));
    }

    void whatIsSignedIsVerified()
    {
        for (const auto &jwk : {jwkOf(forge::privatePem(m_rsa)), jwkOf(forge::privatePem(m_ec)),
                                json(forge::secretJwk(QByteArray(64, 's'), "HS512", "a"))}) {
            const auto token = JwsKey::fromJwk(jwk, JwsKey::Purpose::Sign)->signedToken(json("{\"a\":1}"));
            QVERIFY(token.ok());
            const auto parts = token->split('.');
            const auto size = QByteArray::fromBase64(parts.at(2), QByteArray::Base64UrlEncoding).size();
            const auto verifier = JwsKey::fromJwk(jwk, JwsKey::Purpose::Verify);
            QVERIFY(verifier->verifies(token.value(), size));
            QVERIFY(!verifier->verifies(parts.at(0) + '.' + forge::encoded("{\"a\":2}") + '.' + parts.at(2), size));
        }
    }
};

QTEST_GUILESS_MAIN(TestJwsKey)
#include "tst_jwskey.moc"
