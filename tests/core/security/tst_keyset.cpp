// Sets of keys: what is in a file or an answer, which of them a token means, and how one set follows another.
#include "core/model/limits.h"
#include "core/security/keyset.h"
#include "core/security/tokencheck.h"
#include "forge.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;
const QByteArray claims = R"({"sub":"alice","exp":1800000600})";

QByteArray setOf(const std::vector<QByteArray> &jwks)
{
    return "{\"keys\":[" + QByteArrayList(jwks.begin(), jwks.end()).join(',') + "]}";
}
QByteArray secret(char c) { return QByteArray(32, c); }
QByteArray jwk(char c) { return forge::secretJwk(secret(c), "HS256", QByteArray(1, c)); }
KeySet keys(const QByteArray &text) { return KeySet::parse(text).value().keys; }

QByteArray token(char key, const QByteArray &id = {})
{
    return forge::signedBy(secret(key), "HS256",
                           forge::headerOf("HS256", id.isEmpty() ? QByteArray() : "\"kid\":\"" + id + "\""), claims);
}

// -1: good
int faultOf(const QByteArray &token, const KeySet &keys)
{
    const auto verdict = checkedToken(token, keys, {}, nowMs);
    const auto *fault = std::get_if<TokenFault>(&verdict);
    return fault ? int(*fault) : -1;
}

} // namespace

class TestKeySet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEveryForm()
    {
        QCOMPARE(keys(jwk('a')).size(), std::size_t(1));
        QCOMPARE(keys(setOf({jwk('a'), jwk('b')})).size(), std::size_t(2));
        const auto rsa = forge::rsa();
        QCOMPARE(keys(forge::publicPem(rsa) + forge::certificatePem(forge::ec())).size(), std::size_t(2));
        QVERIFY(!KeySet::parse(forge::publicPem(rsa))->isSecret);
        QVERIFY(KeySet::parse(forge::privatePem(rsa))->isSecret);
        QVERIFY(KeySet::parse(jwk('a'))->isSecret);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("words") << QByteArray("hello");
        QTest::newRow("empty object") << QByteArray("{}");
        QTest::newRow("no list") << QByteArray(R"({"keys":{}})");
        QTest::newRow("empty list") << QByteArray(R"({"keys":[]})");
        QTest::newRow("nothing usable") << QByteArray(R"({"keys":[1,"a",{"kty":"oct"}]})");
        QTest::newRow("one weak secret") << forge::secretJwk("short", "HS256", "a");
        QTest::newRow("x509 JSON of Firebase") << QByteArray(R"({"id":"-----BEGIN CERTIFICATE-----"})");
        QTest::newRow("too many") << setOf(std::vector<QByteArray>(limits::keysMax + 1, jwk('a')));
        QTest::newRow("too large") << QByteArray(limits::keySetBytesMax, ' ') + jwk('a');
        QTest::newRow("HTML") << QByteArray("<html>-----</html>");
    }

    void refused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!KeySet::parse(text));
    }

    void leavesOutWhatCannotBeUsed()
    {
        const auto parsed =
            KeySet::parse(setOf({forge::secretJwk("short", "HS256", "w"), jwk('a'), R"({"kty":"new"})"}));
        QCOMPARE(parsed->keys.size(), std::size_t(1));
        QCOMPARE(parsed->unusable.size(), 2);
        for (const auto &sentence : parsed->unusable)
            QVERIFY(!sentence.contains(QLatin1String(forge::encoded("short"))));
    }

    void theTokenSaysWhichKey()
    {
        const auto set = keys(setOf({jwk('a'), jwk('b')}));
        QCOMPARE(faultOf(token('a', "a"), set), -1);
        QCOMPARE(faultOf(token('b', "b"), set), -1);
        QCOMPARE(faultOf(token('b'), set), -1); // all are tried
        QCOMPARE(faultOf(token('b', "a"), set), int(TokenFault::Signature));
        QCOMPARE(faultOf(token('c'), set), int(TokenFault::Signature));
        QCOMPARE(faultOf(token('a', "c"), set), int(TokenFault::UnknownKey));
        QCOMPARE(faultOf(token('a'), KeySet()), int(TokenFault::UnknownKey));
    }

    void aKeyWithoutNameMayBeMeantByAny()
    {
        const auto rsa = forge::rsa();
        const auto set = keys(forge::publicPem(rsa));
        QCOMPARE(faultOf(forge::signedBy(rsa, "RS256", forge::headerOf("RS256", "\"kid\":\"whatever\""), claims), set),
                 -1);
    }

    void rotates()
    {
        const SteadyTime start{};
        const auto both = keys(jwk('a')).renewedBy(keys(jwk('b')), start);
        QCOMPARE(faultOf(token('a', "a"), both), -1);
        QCOMPARE(faultOf(token('b', "b"), both), -1);

        const auto almost = both.renewedBy(keys(jwk('b')), start + limits::keyKeptMs - 1ms);
        QCOMPARE(faultOf(token('a', "a"), almost), -1);
        const auto over = almost.renewedBy(keys(jwk('b')), start + limits::keyKeptMs);
        QCOMPARE(faultOf(token('a', "a"), over), int(TokenFault::UnknownKey));
        QCOMPARE(over.size(), std::size_t(1));
        QCOMPARE(almost.at(start + limits::keyKeptMs).size(), std::size_t(1)); // also when nothing new can be had
        QCOMPARE(over.at(start + 10 * limits::keyKeptMs).size(), std::size_t(1)); // what is published stays
    }

    void aKeyThatComesBackIsNew()
    {
        const SteadyTime start{};
        auto set = keys(jwk('a')).renewedBy(keys(jwk('b')), start);
        set = set.renewedBy(keys(setOf({jwk('a'), jwk('b')})), start + 1s);
        QCOMPARE(set.size(), std::size_t(2));
        QCOMPARE(set.at(start + 2 * limits::keyKeptMs).size(), std::size_t(2));
    }

    void anotherKeyOfTheSameNameIsAnother()
    {
        const auto other = forge::secretJwk(secret('x'), "HS256", "a");
        const auto set = keys(jwk('a')).renewedBy(keys(other), {});
        QCOMPARE(faultOf(token('a', "a"), set), -1);
        QCOMPARE(faultOf(token('x', "a"), set), -1);
        QCOMPARE(faultOf(token('y', "a"), set), int(TokenFault::Signature));
    }

    void staysBounded()
    {
        auto set = keys(jwk('a'));
        for (int i = 0; i < 3 * limits::keysMax; ++i)
            set = set.renewedBy(keys(forge::secretJwk(secret('a'), "HS256", QByteArray::number(i))), {});
        QCOMPARE(set.size(), std::size_t(limits::keysMax));
    }
};

QTEST_GUILESS_MAIN(TestKeySet)
#include "tst_keyset.moc"
