// A gateway and the keys for its tokens: it starts with those it can use, says which it cannot, and reads them anew.
#include "core/base/log.h"
#include "core/gateway/gateway.h"
#include "tests/core/security/forge.h"
#include "tests/core/security/keyserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace odin;

namespace {

constexpr int exitBadConfig = 78;

// No bus will ever answer there.
GatewayConfig config()
{
    GatewayConfig config;
    config.natsUrls = {QStringLiteral("nats://127.0.0.1:1")};
    return config;
}

bool isLogged(const QString &words)
{
    const auto tail = logTail();
    return std::any_of(tail.begin(), tail.end(), [&](const LogEntry &entry) { return entry.text.contains(words); });
}

} // namespace

class TestGatewayTokens : public QObject
{
    Q_OBJECT

    const QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size()
            && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return written ? file.fileName() : QString();
    }

private Q_SLOTS:
    void initTestCase() { installLog(QtInfoMsg, LogFormat::Text); }

    void makesItsOwnKeyWhenTokensAreNeeded()
    {
        auto needed = config();
        needed.auth.required = true;
        needed.auth.ownKeyFile = m_folder.filePath(QStringLiteral("state/token-key.json"));
        Gateway gateway(needed, {});
        QVERIFY(!gateway.start());
        QVERIFY(QFile::exists(needed.auth.ownKeyFile));
    }

    void makesNoneWhenTheyAreNot()
    {
        auto open = config();
        open.auth.ownKeyFile = m_folder.filePath(QStringLiteral("other/token-key.json"));
        Gateway gateway(open, {});
        QVERIFY(!gateway.start());
        QVERIFY(!QFile::exists(open.auth.ownKeyFile));
    }

    void doesNotStartWithoutKeys()
    {
        for (const auto &keys : {m_folder.filePath(QStringLiteral("none")),
                                 write(QStringLiteral("weak"), forge::secretJwk("short", "HS256", "a"))}) {
            auto wrong = config();
            wrong.auth.keys = keys;
            Gateway gateway(wrong, {});
            const auto failure = gateway.start();
            QVERIFY(failure);
            QCOMPARE(failure->exitCode, exitBadConfig);
            QVERIFY(failure->text.contains(keys));
        }
    }

    void readsThemAnew()
    {
        auto good = config();
        good.auth.keys = write(QStringLiteral("keys"), forge::secretJwk(QByteArray(32, 's'), "HS256", "a"));
        Gateway gateway(good, {});
        QVERIFY(!gateway.start());
        write(QStringLiteral("keys"), "rubbish");
        gateway.reload();
        QTRY_VERIFY_WITH_TIMEOUT(isLogged(QStringLiteral("stays in force")), 30'000);
    }

    // The control thread waits for the first answer, on our own event loop.
    void fetchesKeysByUrlBeforeItServes()
    {
        KeyServer server;
        server.give("{\"keys\":[" + forge::secretJwk(QByteArray(32, 's'), "HS256", "a") + "]}");
        auto remote = config();
        remote.auth.keys = server.url();
        Gateway gateway(remote, {});
        std::atomic<bool> started{false};
        std::jthread starter([&] { started = !gateway.start(); });
        QTRY_VERIFY_WITH_TIMEOUT(started.load(), 30'000);
        QCOMPARE(server.requests(), 1);
    }
};

QTEST_GUILESS_MAIN(TestGatewayTokens)
#include "tst_gatewaytokens.moc"
