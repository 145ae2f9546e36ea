// The authority over tokens: where its keys come from, how they and the revoked tokens are read anew, and what stays
// when that fails.
#include "core/model/types.h"
#include "core/security/keyfile.h"
#include "core/security/tokenorder.h"
#include "core/security/tokenwarden.h"
#include "forge.h"
#include "keyserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace odin;

namespace {

constexpr int patience = 60'000;

QByteArray secret(char c) { return QByteArray(32, c); }
QByteArray jwk(char c) { return forge::secretJwk(secret(c), "HS256", QByteArray(1, c)); }
QByteArray setOf(const QByteArray &jwks) { return "{\"keys\":[" + jwks + "]}"; }

QByteArray token(char key, const QByteArray &subject = "alice", const QByteArray &id = "t-1")
{
    const auto header = forge::headerOf("HS256", "\"kid\":\"" + QByteArray(1, key) + "\"");
    return forge::signedBy(secret(key), "HS256", header,
                           R"({"sub":")" + subject + R"(","jti":")" + id + R"(","exp":)"
                               + QByteArray::number(wallMs() / 1000 + 600) + "}");
}

// "good", or the fault.
QByteArray verdict(const TokenWarden &warden, const QByteArray &token)
{
    const auto checked = warden.check(token);
    const auto *fault = std::get_if<TokenFault>(&checked);
    return fault ? tokenFaultNames[std::size_t(*fault)] : "good";
}

} // namespace

class TestTokenWarden : public QObject
{
    Q_OBJECT

    const QTemporaryDir m_folder;
    int m_number = 0;

    QString write(const QString &name, const QByteArray &text)
    {
        const auto path = m_folder.filePath(name);
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        ::chmod(QFile::encodeName(path).constData(), 0600);
        return written ? path : QString();
    }
    QString newName() { return QStringLiteral("file-%1").arg(++m_number); }

private Q_SLOTS:
    void ownKey()
    {
        const auto path = m_folder.filePath(QStringLiteral("state/token-key.json"));
        TokenConfig config{.required = true,
                           .keys = {},
                           .ownKeyFile = path,
                           .issuer = {},
                           .audience = {},
                           .revokedFile = {},
                           .inQuery = true};
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        QVERIFY(warden.isRequired() && warden.isTakenFromQuery());
        TokenOrder order;
        order.subject = QStringLiteral("alice");
        order.life = std::chrono::hours(1);
        order.prices = {{"BTC"}};
        const auto made = signingKeyInFile(path)->signedToken(claimsOf(order, wallMs()));
        const auto identity = std::get<Identity>(warden.check(made.value()));
        QCOMPARE(identity.subject, "alice");
        QVERIFY(!identity.tokenId.isEmpty());
        QVERIFY(!identity.mayRead("ETH"));
        QCOMPARE(verdict(warden, token('a')), "unknown_key");
    }

    void keysOfAFileAreReadAnew()
    {
        const auto name = newName();
        TokenConfig config;
        config.keys = write(name, jwk('a'));
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        QCOMPARE(verdict(warden, token('a')), "good");
        QCOMPARE(verdict(warden, token('b')), "unknown_key");

        write(name, setOf(jwk('a') + ',' + jwk('b')));
        QCOMPARE(verdict(warden, token('b')), "unknown_key");
        warden.reload();
        QCOMPARE(verdict(warden, token('b')), "good");

        write(name, "rubbish");
        warden.reload();
        QCOMPARE(verdict(warden, token('b')), "good");

        write(name, jwk('b')); // what the operator takes away is gone at once
        warden.reload();
        QCOMPARE(verdict(warden, token('a')), "unknown_key");
    }

    void cannotOpen_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("mode");
        QTest::newRow("weak secret") << forge::secretJwk("short", "HS256", "a") << 0600;
        QTest::newRow("readable by others") << jwk('a') << 0644;
        QTest::newRow("no key") << QByteArray("{}") << 0600;
    }

    void cannotOpen()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, mode);
        TokenConfig config;
        config.keys = write(newName(), text);
        ::chmod(QFile::encodeName(config.keys).constData(), mode_t(mode));
        TokenWarden warden(config);
        const auto opened = warden.open();
        QVERIFY(!opened.ok());
        QVERIFY(opened.error().text.contains(config.keys));
    }

    void revokedTokensAndUsers()
    {
        const auto name = newName();
        TokenConfig config;
        config.keys = write(newName(), jwk('a'));
        config.revokedFile = write(name, "t-2\n");
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        const auto first = warden.revision();
        const auto alice = std::get<Identity>(warden.check(token('a')));
        QVERIFY(!warden.isRevoked(alice));
        QCOMPARE(verdict(warden, token('a', "alice", "t-2")), "revoked");

        write(name, "t-2\nsub:alice\n");
        warden.reload();
        QVERIFY(warden.revision() != first);
        QVERIFY(warden.isRevoked(alice));
        QCOMPARE(verdict(warden, token('a')), "revoked");
        QCOMPARE(verdict(warden, token('a', "bob")), "good");

        const auto second = warden.revision();
        QFile::remove(config.revokedFile);
        warden.reload();
        QVERIFY(warden.isRevoked(alice)); // a list that is gone sets nobody free
        QCOMPARE(warden.revision(), second);
    }

    void noticesAChangedList()
    {
        const auto name = newName();
        TokenConfig config;
        config.keys = write(newName(), jwk('a'));
        config.revokedFile = write(name, {});
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        QCOMPARE(verdict(warden, token('a')), "good");
        QTest::qWait(5); // another modification time
        write(name, "sub:alice\n");
        QTRY_COMPARE_WITH_TIMEOUT(verdict(warden, token('a')), QByteArray("revoked"), patience);
    }

    void aListThatIsMissingAtTheStart()
    {
        TokenConfig config;
        config.keys = write(newName(), jwk('a'));
        config.revokedFile = m_folder.filePath(QStringLiteral("no-list"));
        QVERIFY(!TokenWarden(config).open().ok());
    }

    void keysByUrlRotate()
    {
        KeyServer server;
        server.give(setOf(jwk('a')));
        TokenConfig config;
        config.keys = server.url();
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        QCOMPARE(verdict(warden, token('a')), "good"); // at once: the first answer was waited for

        server.give(setOf(jwk('b')));
        warden.reload();
        QTRY_COMPARE_WITH_TIMEOUT(verdict(warden, token('b')), QByteArray("good"), patience);
        QCOMPARE(verdict(warden, token('a')), "good"); // for a while

        server.give("<html>", "502 Bad Gateway");
        const auto asked = server.requests();
        warden.reload();
        QTRY_VERIFY_WITH_TIMEOUT(server.requests() > asked, patience);
        QTest::qWait(50);
        QCOMPARE(verdict(warden, token('b')), "good");
    }

    void aKeyThatIsMissedIsLookedFor()
    {
        KeyServer server;
        server.give(setOf(jwk('a')));
        TokenConfig config;
        config.keys = server.url();
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        server.give(setOf(jwk('b')));
        const auto asked = server.requests();
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(verdict(warden, token('b')), "unknown_key");
        QTRY_COMPARE_WITH_TIMEOUT(verdict(warden, token('b')), QByteArray("good"), patience); // after keySetMissMs
        QVERIFY(server.requests() - asked <= 1 + patience / int(limits::keySetMissMs.count()));
    }

    void startsWithoutAnAnswerAndFindsItLater()
    {
        KeyServer server;
        server.give({}, "503 Service Unavailable");
        TokenConfig config;
        config.keys = server.url();
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        QCOMPARE(verdict(warden, token('a')), "unknown_key");
        server.give(setOf(jwk('a')));
        QTRY_COMPARE_WITH_TIMEOUT(verdict(warden, token('a')), QByteArray("good"), patience);
    }

    void manyThreadsAskWhileItIsReadAnew()
    {
        const auto name = newName();
        TokenConfig config;
        config.keys = write(name, setOf(jwk('a') + ',' + jwk('b')));
        config.revokedFile = write(newName(), "t-2\n");
        TokenWarden warden(config);
        QVERIFY(warden.open().ok());
        std::atomic<int> wrong{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&, key = i % 2 ? 'a' : 'b'] {
                    for (int round = 0; round < 300; ++round)
                        wrong += verdict(warden, token(key)) != "good"
                            || verdict(warden, token(key, "bob", "t-2")) != "revoked";
                });
            }
            for (int round = 0; round < 50; ++round)
                warden.reload();
        }
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTokenWarden)
#include "tst_tokenwarden.moc"
