// Forged and malformed tokens: each is refused, and for its own reason. Beside them the good ones from which they were
// made.
#include "core/model/limits.h"
#include "core/security/tokencheck.h"
#include "forge.h"

#include <QJsonDocument>
#include <QTest>

using namespace odin;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;
constexpr int good = -1;
const QByteArray claims = R"({"sub":"alice","exp":1800000600,"iss":"odin","aud":"prices"})";
const QByteArray secret(32, 's');

QByteArray kid(const QByteArray &id) { return "\"kid\":\"" + id + "\""; }

// One key of each kind, each under a name.
struct Ring
{
    forge::KeyPtr rs = forge::rsa(), ps = forge::rsa(), es256 = forge::ec(), es384 = forge::ec("P-384"),
                  es512 = forge::ec("P-521"), stranger = forge::rsa();
    forge::KeyPtr strangersCurve = forge::ec();

    static QByteArray jwk(const forge::KeyPtr &key, const QByteArray &algorithm, const QByteArray &id)
    {
        const auto parsed = jwksIn(forge::publicPem(key));
        auto object = parsed->at(0);
        object.insert(QStringLiteral("alg"), QLatin1String(algorithm));
        object.insert(QStringLiteral("kid"), QLatin1String(id));
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    KeySet keys() const
    {
        QByteArrayList all;
        for (const char *algorithm : {"HS256", "HS384", "HS512"})
            all.append(forge::secretJwk(secret, algorithm, QByteArray("key-") + algorithm));
        for (const char *algorithm : {"RS256", "RS384", "RS512"})
            all.append(jwk(rs, algorithm, QByteArray("key-") + algorithm));
        for (const char *algorithm : {"PS256", "PS384", "PS512"})
            all.append(jwk(ps, algorithm, QByteArray("key-") + algorithm));
        all.append(jwk(es256, "ES256", "key-ES256"));
        all.append(jwk(es384, "ES384", "key-ES384"));
        all.append(jwk(es512, "ES512", "key-ES512"));
        return KeySet::parse("{\"keys\":[" + all.join(',') + "]}").value().keys;
    }

    const forge::KeyPtr &of(const QByteArray &algorithm) const
    {
        return algorithm.startsWith("RS") ? rs
            : algorithm.startsWith("PS")  ? ps
            : algorithm == "ES256"        ? es256
            : algorithm == "ES384"        ? es384
                                          : es512;
    }

    QByteArray token(const QByteArray &algorithm, const QByteArray &header, const QByteArray &payload = claims) const
    {
        return algorithm.startsWith("HS") ? forge::signedBy(secret, algorithm, header, payload)
                                          : forge::signedBy(of(algorithm), algorithm, header, payload);
    }
    QByteArray plain(const QByteArray &algorithm, const QByteArray &payload = claims) const
    {
        return token(algorithm, forge::headerOf(algorithm, kid("key-" + algorithm)), payload);
    }
};

QByteArray withSignature(const QByteArray &token, const QByteArray &signature)
{
    return token.left(token.lastIndexOf('.') + 1) + forge::encoded(signature);
}

QByteArray signatureOf(const QByteArray &token)
{
    return QByteArray::fromBase64(token.mid(token.lastIndexOf('.') + 1), QByteArray::Base64UrlEncoding);
}

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = char(bytes[at] ^ 1);
    return bytes;
}

} // namespace

class TestForgedTokens : public QObject
{
    Q_OBJECT

    const Ring m_ring;
    const KeySet m_keys = m_ring.keys();

    void goodRows();
    void shapeRows();
    void headerRows();
    void swapRows();
    void signatureRows();
    void claimRows();

private Q_SLOTS:
    void verdict_data();
    void verdict();
    void everyBitCounts();
};

namespace {

void row(const char *name, const QByteArray &token, int verdict) { QTest::newRow(name) << token << verdict; }
void row(const char *name, const QByteArray &token, TokenFault fault) { row(name, token, int(fault)); }

} // namespace

void TestForgedTokens::goodRows()
{
    for (const auto &algorithm : jwsAlgorithms) {
        row(algorithm.name, m_ring.plain(algorithm.name), good);
        row(qPrintable(QStringLiteral("%1 without kid").arg(QLatin1String(algorithm.name))),
            m_ring.token(algorithm.name, forge::headerOf(algorithm.name)), good);
    }
    row("a header with white space", m_ring.token("ES256", "{ \"alg\" : \"ES256\" }"), good);
    row("the largest token", m_ring.plain("HS256", claims.chopped(1) + ",\"x\":\"" + QByteArray(2800, 'x') + "\"}"),
        good);
}

void TestForgedTokens::shapeRows()
{
    const auto token = m_ring.plain("RS256");
    const auto parts = token.split('.');
    row("nothing", "", TokenFault::Malformed);
    row("one dot", ".", TokenFault::Malformed);
    row("two dots", "..", TokenFault::Malformed);
    row("a word", "token", TokenFault::Malformed);
    row("two parts", parts[0] + '.' + parts[1], TokenFault::Malformed);
    row("four parts", token + ".AAAA", TokenFault::Malformed);
    row("five parts, as an encrypted token has", token + ".AAAA.AAAA", TokenFault::Malformed);
    row("no header", '.' + parts[1] + '.' + parts[2], TokenFault::Malformed);
    row("padding", token + "==", TokenFault::Malformed);
    row("padding of the header", parts[0] + "=." + parts[1] + '.' + parts[2], TokenFault::Malformed);
    row("a space before", ' ' + token, TokenFault::Malformed);
    row("a line break behind", token + '\n', TokenFault::Malformed);
    row("a zero byte behind", token + '\0', TokenFault::Malformed);
    row("a zero byte inside", QByteArray(token).replace(20, 1, QByteArray(1, '\0')), TokenFault::Malformed);
    row("plus and slash", parts[0] + ".+/+/." + parts[2], TokenFault::Malformed);
    row("not ASCII", QByteArray(token).replace(5, 1, "\xc3\xa4"), TokenFault::Malformed);
    row("twice", token + ',' + token, TokenFault::Malformed);
    row("too large", m_ring.plain("HS256", claims.chopped(1) + ",\"x\":\"" + QByteArray(4096, 'x') + "\"}"),
        TokenFault::TooLarge);
    row("too large and nonsense", QByteArray(limits::tokenBytesMax + 1, 'A'), TokenFault::TooLarge);
    row("as large as may be, nonsense", QByteArray(limits::tokenBytesMax, 'A'), TokenFault::Malformed);
    row("JSON serialisation",
        R"({"payload":")" + parts[1] + R"(","protected":")" + parts[0] + R"(","signature":")" + parts[2] + "\"}",
        TokenFault::Malformed);
}

void TestForgedTokens::headerRows()
{
    const auto header = [&](const char *name, const QByteArray &text, TokenFault fault) {
        row(name, m_ring.token("RS256", text), fault);
    };
    header("header is a list", "[]", TokenFault::Malformed);
    header("header is a text", "\"RS256\"", TokenFault::Malformed);
    header("header is null", "null", TokenFault::Malformed);
    header("header is empty", "{}", TokenFault::Malformed);
    header("header is cut", R"({"alg":"RS256")", TokenFault::Malformed);
    header("header with rubbish behind", R"({"alg":"RS256"}x)", TokenFault::Malformed);
    header("header with byte order mark", "\xef\xbb\xbf{\"alg\":\"RS256\"}", TokenFault::Malformed);
    header("header not UTF-8", "{\"alg\":\"RS256\",\"x\":\"\xff\"}", TokenFault::Malformed);
    header("alg twice", R"({"alg":"none","alg":"RS256"})", TokenFault::Malformed);
    header("alg twice, escaped", R"({"alg":"RS256","\u0061lg":"none"})", TokenFault::Malformed);
    header("kid a number", R"({"alg":"RS256","kid":1})", TokenFault::Malformed);
    header("kid null", R"({"alg":"RS256","kid":null})", TokenFault::Malformed);
    header("kid very long", forge::headerOf("RS256", kid(QByteArray(257, 'k'))), TokenFault::Malformed);
    header("no alg", R"({"typ":"JWT"})", TokenFault::Algorithm);
    header("alg a number", R"({"alg":256})", TokenFault::Algorithm);
    header("alg null", R"({"alg":null})", TokenFault::Algorithm);
    header("alg a list", R"({"alg":["RS256"]})", TokenFault::Algorithm);
    header("alg in lower case", R"({"alg":"rs256"})", TokenFault::Algorithm);
    header("alg with a space", R"({"alg":"RS256 "})", TokenFault::Algorithm);
    header("alg with a zero byte", R"({"alg":"RS256\u0000"})", TokenFault::Algorithm);
    header("alg unknown", R"({"alg":"RS1"})", TokenFault::Algorithm);
    header("alg EdDSA", R"({"alg":"EdDSA"})", TokenFault::Algorithm);
    header("crit of exp", R"({"alg":"RS256","crit":["exp"],"exp":1})", TokenFault::Critical);
    header("crit unknown", R"({"alg":"RS256","crit":["http://example.com/x"],"http://example.com/x":true})",
           TokenFault::Critical);
    header("crit empty", R"({"alg":"RS256","crit":[]})", TokenFault::Critical);
    header("crit null", R"({"alg":"RS256","crit":null})", TokenFault::Critical);
    header("b64 false", R"({"alg":"RS256","b64":false,"crit":["b64"]})", TokenFault::Critical);
    header("b64 false without crit", R"({"alg":"RS256","b64":false})", TokenFault::Critical);
    header("unknown kid", forge::headerOf("RS256", kid("key-of-nobody")), TokenFault::UnknownKey);
    header("empty kid", forge::headerOf("RS256", kid("")), TokenFault::UnknownKey);
    header("kid as a path", forge::headerOf("RS256", kid("../../../dev/null")), TokenFault::UnknownKey);
    header("kid as SQL", forge::headerOf("RS256", kid("' OR 1=1 --")), TokenFault::UnknownKey);
    header("kid in other letters", forge::headerOf("RS256", kid("KEY-RS256")), TokenFault::UnknownKey);
}

void TestForgedTokens::swapRows()
{
    const auto bare = [](const QByteArray &header) { return forge::unsignedToken(header, claims) + '.'; };
    for (const char *none : {"none", "None", "NONE", "nOnE"}) {
        row(qPrintable(QStringLiteral("alg %1").arg(QLatin1String(none))), bare(forge::headerOf(none)),
            TokenFault::Algorithm);
        row(qPrintable(QStringLiteral("alg %1 with a signature").arg(QLatin1String(none))),
            m_ring.token("RS256", forge::headerOf(none)), TokenFault::Algorithm);
    }
    row("alg none with kid", bare(forge::headerOf("none", kid("key-RS256"))), TokenFault::Algorithm);
    const auto pem = forge::publicPem(m_ring.rs);
    row("public key as secret, PEM", forge::signedBy(pem, "HS256", forge::headerOf("HS256", kid("key-RS256")), claims),
        TokenFault::Algorithm);
    row("public key as secret, PEM without its last line break",
        forge::signedBy(pem.trimmed(), "HS256", forge::headerOf("HS256", kid("key-RS256")), claims),
        TokenFault::Algorithm);
    row("public key as secret, without kid", forge::signedBy(pem, "HS256", forge::headerOf("HS256"), claims),
        TokenFault::Signature);
    row("public EC key as secret",
        forge::signedBy(forge::publicPem(m_ring.es256), "HS256", forge::headerOf("HS256", kid("key-ES256")), claims),
        TokenFault::Algorithm);
    row("empty secret", forge::signedBy(QByteArray(""), "HS256", forge::headerOf("HS256"), claims),
        TokenFault::Signature);
    row("secret of zeros", forge::signedBy(QByteArray(32, '\0'), "HS256", forge::headerOf("HS256"), claims),
        TokenFault::Signature);
    row("RS512 by the key for RS256",
        forge::signedBy(m_ring.rs, "RS512", forge::headerOf("RS512", kid("key-RS256")), claims), TokenFault::Algorithm);
    row("PS256 by the key for RS256",
        forge::signedBy(m_ring.rs, "PS256", forge::headerOf("PS256", kid("key-RS256")), claims), TokenFault::Algorithm);
    row("PS256 by the key for RS256, without kid",
        forge::signedBy(m_ring.rs, "PS256", forge::headerOf("PS256"), claims), TokenFault::Signature);
    row("says ES256, is HS256", forge::signedBy(secret, "HS256", forge::headerOf("ES256", kid("key-HS256")), claims),
        TokenFault::Algorithm);
    row("says HS384, is HS256", forge::signedBy(secret, "HS256", forge::headerOf("HS384", kid("key-HS384")), claims),
        TokenFault::Signature);
    row("a key of its own in jwk",
        forge::signedBy(m_ring.stranger, "RS256",
                        forge::headerOf("RS256", "\"jwk\":" + Ring::jwk(m_ring.stranger, "RS256", "x")), claims),
        TokenFault::Signature);
    row("a key of its own by jku",
        forge::signedBy(m_ring.stranger, "RS256", forge::headerOf("RS256", R"("jku":"https://example.com/keys.json")"),
                        claims),
        TokenFault::Signature);
    row("a key of its own by x5u",
        forge::signedBy(m_ring.stranger, "RS256", forge::headerOf("RS256", R"("x5u":"https://example.com/key.pem")"),
                        claims),
        TokenFault::Signature);
    const auto certificate = forge::certificatePem(m_ring.stranger).split('\n').mid(1).join().split('-').first();
    row("a key of its own in x5c",
        forge::signedBy(m_ring.stranger, "RS256", forge::headerOf("RS256", "\"x5c\":[\"" + certificate + "\"]"),
                        claims),
        TokenFault::Signature);
}

void TestForgedTokens::signatureRows()
{
    const auto rs = m_ring.plain("RS256"), hs = m_ring.plain("HS256"), es = m_ring.plain("ES256"),
               ps = m_ring.plain("PS256"), es512 = m_ring.plain("ES512");
    const auto wrong = [](const char *name, const QByteArray &token) { row(name, token, TokenFault::Signature); };
    wrong("RS256 without signature", withSignature(rs, ""));
    wrong("HS256 without signature", withSignature(hs, ""));
    wrong("HS256 of one byte", withSignature(hs, signatureOf(hs).left(1)));
    wrong("HS256 cut by a byte", withSignature(hs, signatureOf(hs).chopped(1)));
    wrong("HS256 with a byte more", withSignature(hs, signatureOf(hs) + 'x'));
    wrong("RS256 of zeros", withSignature(rs, QByteArray(256, '\0')));
    wrong("RS256 of ones", withSignature(rs, QByteArray(256, '\xff')));
    wrong("RS256 with a zero before", withSignature(rs, '\0' + signatureOf(rs)));
    wrong("PS256 cut by a byte", withSignature(ps, signatureOf(ps).chopped(1)));
    wrong("PS256 of one zero", withSignature(ps, QByteArray(1, '\0')));
    wrong("RS256 by somebody else",
          forge::signedBy(m_ring.stranger, "RS256", forge::headerOf("RS256", kid("key-RS256")), claims));
    wrong("ES256 by somebody else",
          forge::signedBy(m_ring.strangersCurve, "ES256", forge::headerOf("ES256", kid("key-ES256")), claims));
    wrong("ES256 of zeros (psychic)", withSignature(es, QByteArray(64, '\0')));
    wrong("ES256 without signature", withSignature(es, ""));
    wrong("ES256 of one byte", withSignature(es, "x"));
    wrong("ES256 with a byte more", withSignature(es, signatureOf(es) + '\0'));
    wrong("ES256 padded to two wider halves",
          withSignature(es, '\0' + signatureOf(es).left(32) + '\0' + signatureOf(es).mid(32)));
    wrong("ES256 with r = n",
          withSignature(es,
                        QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
                            + signatureOf(es).mid(32)));
    wrong("ES256 with s = 0", withSignature(es, signatureOf(es).left(32) + QByteArray(32, '\0')));
    wrong("ES256 halves swapped", withSignature(es, signatureOf(es).mid(32) + signatureOf(es).left(32)));
    wrong("ES256 in DER", withSignature(es, forge::signature(m_ring.es256, es.left(es.lastIndexOf('.')), "ES256")));
    wrong("ES512 of zeros", withSignature(es512, QByteArray(132, '\0')));
    wrong("header of another", forge::encoded(forge::headerOf("RS256", "\"x\":1")) + rs.mid(rs.indexOf('.')));
    wrong("claims of another",
          rs.left(rs.indexOf('.') + 1) + forge::encoded(QByteArray(claims).replace("alice", "admin"))
              + rs.mid(rs.lastIndexOf('.')));
    wrong("claims empty", rs.left(rs.indexOf('.') + 1) + rs.mid(rs.lastIndexOf('.')));
}

void TestForgedTokens::claimRows()
{
    const auto payload = [&](const char *name, const QByteArray &text, TokenFault fault) {
        row(name, m_ring.plain("HS256", text), fault);
    };
    payload("claims are a list", "[]", TokenFault::Malformed);
    payload("claims are empty", "{}", TokenFault::Malformed);
    payload("claims are nothing", "", TokenFault::Malformed);
    payload("claims are not JSON", "sub=alice", TokenFault::Malformed);
    payload("sub twice", R"({"sub":"admin","sub":"alice","exp":1800000600})", TokenFault::Malformed);
    payload("claims not UTF-8", "{\"sub\":\"\xff\",\"exp\":1800000600}", TokenFault::Malformed);
    payload("a token in the token", m_ring.plain("HS256"), TokenFault::Malformed);
    payload("expired", R"({"sub":"alice","exp":1799999940,"iss":"odin","aud":"prices"})", TokenFault::Expired);
    payload("of another issuer", R"({"sub":"alice","exp":1800000600,"iss":"odin2","aud":"prices"})",
            TokenFault::Issuer);
    payload("for another audience", R"({"sub":"alice","exp":1800000600,"iss":"odin","aud":["price"]})",
            TokenFault::Audience);
    payload("without expiry", R"({"sub":"alice","iss":"odin","aud":"prices"})", TokenFault::Claims);
    payload("of nobody", R"({"exp":1800000600,"iss":"odin","aud":"prices"})", TokenFault::Claims);
}

void TestForgedTokens::verdict_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("expected");
    goodRows();
    shapeRows();
    headerRows();
    swapRows();
    signatureRows();
    claimRows();
}

void TestForgedTokens::verdict()
{
    QFETCH(QByteArray, token);
    QFETCH(int, expected);
    const auto verdict = checkedToken(token, m_keys, {QStringLiteral("odin"), QStringLiteral("prices")}, nowMs);
    const auto *fault = std::get_if<TokenFault>(&verdict);
    QCOMPARE(fault ? tokenFaultNames[std::size_t(*fault)] : "good",
             expected == good ? "good" : tokenFaultNames[std::size_t(expected)]);
}

// One other bit anywhere in a signature, and it is another's.
void TestForgedTokens::everyBitCounts()
{
    for (const char *algorithm : {"HS256", "ES256", "RS256", "PS256"}) {
        const auto token = m_ring.plain(algorithm);
        const auto signature = signatureOf(token);
        for (qsizetype at = 0; at < signature.size(); at += 7) {
            const auto verdict = checkedToken(withSignature(token, flipped(signature, at)), m_keys, {}, nowMs);
            QCOMPARE(std::get<TokenFault>(verdict), TokenFault::Signature);
        }
    }
}

QTEST_GUILESS_MAIN(TestForgedTokens)
#include "tst_forgedtokens.moc"
