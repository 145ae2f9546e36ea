// Who a client is, what it may do then, and when that ends: tokens on live sessions.
#include "tests/core/shard/liveguard.h"
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;

Identity identity(const QByteArray &subject, std::optional<std::set<QByteArray>> prices = {}, qint64 forMs = 3'600'000)
{
    return {.subject = subject, .tokenId = subject + "-1", .role = Role::Viewer, .prices = std::move(prices), .issuedMs = 0,
            .expiresMs = wallMs() + forMs};
}

QByteArray auth(const QByteArray &token, int id = 1)
{
    return R"({"type":"auth","id":)" + QByteArray::number(id) + R"(,"token":")" + token + R"("})";
}

int codeOf(const QJsonObject &error) { return error.value(QLatin1String("code")).toInt(); }

QStringList tokensOf(const QJsonObject &message)
{
    QStringList names;
    for (const auto &name : message.value(QLatin1String("tokens")).toArray())
        names.append(name.toString());
    return names;
}

struct Guarded
{
    Guarded()
    {
        authority.know("alice", identity("alice"));
        authority.know("bob", identity("bob", std::set<QByteArray>{"BTC"}));
        authority.know("old", TokenFault::Expired);
        shards.live("e1");
    }

    LiveAuthority authority;
    LivePolicy policy;
    TestShards shards{1, 1000, Guard{&authority, &policy}};

    std::unique_ptr<TestClient> known(const QByteArray &token)
    {
        auto client = shards.client();
        client->send(auth(token));
        return QTest::qWaitFor([&] { return client->count("authenticated") == 1; }, deadline) ? std::move(client) : nullptr;
    }
};

} // namespace

class TestShardAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnknownClientLearnsNothing()
    {
        Guarded guarded;
        guarded.shards.post("BTC");
        const auto client = guarded.shards.client("?tokens=*");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("welcome"), 1, deadline);
        QVERIFY(client->last("welcome").value(QLatin1String("authRequired")).toBool());
        QCOMPARE(tokensOf(client->last("welcome")), QStringList());
        client->send(R"({"type":"subscribe","id":1,"tokens":["*"]})");
        client->send(R"({"type":"history","id":2,"tokenId":"BTC"})");
        client->send(R"({"type":"unsubscribe","id":3,"tokens":["*"]})");
        client->send(R"({"type":"ping","id":4})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 1, deadline);
        QCOMPARE(client->count("error"), 3);
        for (const auto &error : client->of("error"))
            QCOMPARE(codeOf(error), 101);
        guarded.shards.post("BTC");
        client->send(R"({"type":"ping","id":5})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 2, deadline);
        for (const char *type : {"subscribed", "price:snapshot", "price:update", "connection:status", "history"})
            QCOMPARE(client->count(type), 0);
    }

    void aFirstMessageLetsItIn()
    {
        Guarded guarded;
        guarded.shards.post("BTC");
        const auto client = guarded.shards.client("?tokens=*");
        client->send(auth("alice", 7));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline); // of its URL
        const auto answer = client->last("authenticated");
        QCOMPARE(answer.value(QLatin1String("id")).toInt(), 7);
        QCOMPARE(answer.value(QLatin1String("role")).toString(), QStringLiteral("viewer"));
        QVERIFY(answer.value(QLatin1String("authExpires")).toInteger() > wallMs());
        QCOMPARE(tokensOf(answer), QStringList{QStringLiteral("BTC")});
        QCOMPARE(guarded.policy.of("alice"), 1);
        QCOMPARE(guarded.shards.counters().tokensAccepted.load(), 1u);
    }

    void aTokenThatIsRefused_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("closeCode");
        QTest::newRow("wrong") << auth("forged") << 4001;
        QTest::newRow("expired: come back with a new one") << auth("old") << 4203;
        QTest::newRow("empty") << auth({}) << 4001;
    }
    void aTokenThatIsRefused()
    {
        QFETCH(QByteArray, message);
        QFETCH(int, closeCode);
        Guarded guarded;
        const auto client = guarded.shards.client();
        client->send(message);
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, closeCode);
        QCOMPARE(client->count("authenticated"), 0);
        QCOMPARE(guarded.policy.failures.load(), 1);
    }

    void whoSaysNothingIsClosed()
    {
        Guarded guarded;
        const auto client = guarded.shards.client();
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4008);
    }

    void tooManyWrongTokensAreNotLookedAt()
    {
        Guarded guarded;
        guarded.policy.failures = 3;
        const auto client = guarded.shards.client();
        client->send(auth("alice"));
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4102);
        QCOMPARE(guarded.shards.counters().turnaways[std::size_t(Turnaway::FailedLogins)].load(), 1u);
    }

    void aDryRunOnlyCounts()
    {
        Guarded guarded;
        guarded.policy.failures = 3;
        guarded.policy.dryRun = true;
        const auto client = guarded.known("alice");
        QVERIFY(client);
        QCOMPARE(guarded.shards.counters().wouldTurnAway[std::size_t(Turnaway::FailedLogins)].load(), 1u);
        QCOMPARE(guarded.shards.counters().turnaways[std::size_t(Turnaway::FailedLogins)].load(), 0u);
    }

    void aUserHasSoManyConnections()
    {
        Guarded guarded;
        auto first = guarded.known("alice");
        const auto second = guarded.known("alice");
        QVERIFY(first && second);
        const auto third = guarded.shards.client();
        third->send(auth("alice"));
        QTRY_VERIFY_WITH_TIMEOUT(third->isGone(), deadline);
        QCOMPARE(third->closeCode, 4004);
        first.reset();
        QTRY_COMPARE_WITH_TIMEOUT(guarded.policy.of("alice"), 1, deadline); // the third left, too
        QVERIFY(guarded.known("alice"));
    }

    // Who may do what. `allowed`: the tokens that a subscription to "*" is granted; "-" = error 103.
    void rolesAndActions_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QString>("outcome");
        const QByteArray all = R"({"type":"subscribe","id":2,"tokens":["*"]})", btc = R"({"type":"subscribe","id":2,"tokens":["BTC"]})",
                         eth = R"({"type":"subscribe","id":2,"tokens":["ETH"]})", both = R"({"type":"subscribe","id":2,"tokens":["BTC","ETH"]})",
                         resumed = R"({"type":"subscribe","id":2,"tokens":["*"],"resume":{"epoch":"e1","seq":0}})",
                         historyOfBtc = R"({"type":"history","id":2,"tokenId":"BTC"})",
                         historyOfEth = R"({"type":"history","id":2,"tokenId":"ETH"})", ping = R"({"type":"ping","id":2})",
                         unsubscribe = R"({"type":"unsubscribe","id":2,"tokens":["ETH"]})";
        QTest::newRow("all, all") << QByteArray("alice") << all << "subscribed *";
        QTest::newRow("all, one") << QByteArray("alice") << eth << "subscribed ETH";
        QTest::newRow("all, resume") << QByteArray("alice") << resumed << "subscribed *";
        QTest::newRow("all, history") << QByteArray("alice") << historyOfEth << "history ETH";
        QTest::newRow("all, unsubscribe") << QByteArray("alice") << unsubscribe << "unsubscribed ";
        QTest::newRow("one, all") << QByteArray("bob") << all << "subscribed BTC";
        QTest::newRow("one, its own") << QByteArray("bob") << btc << "subscribed BTC";
        QTest::newRow("one, both") << QByteArray("bob") << both << "subscribed BTC";
        QTest::newRow("one, another") << QByteArray("bob") << eth << "error 103";
        QTest::newRow("one, resume") << QByteArray("bob") << resumed << "subscribed BTC";
        QTest::newRow("one, its history") << QByteArray("bob") << historyOfBtc << "history BTC";
        QTest::newRow("one, another's history") << QByteArray("bob") << historyOfEth << "error 103";
        QTest::newRow("one, unsubscribe another") << QByteArray("bob") << unsubscribe << "unsubscribed ";
        QTest::newRow("one, ping") << QByteArray("bob") << ping << "pong ";
    }
    void rolesAndActions()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, command);
        QFETCH(QString, outcome);
        Guarded guarded;
        guarded.shards.post("BTC");
        guarded.shards.post("ETH");
        const auto client = guarded.known(token);
        QVERIFY(client);
        client->send(command);
        const auto answered = [&] {
            for (const char *type : {"subscribed", "unsubscribed", "history", "pong", "error"}) {
                const auto last = client->last(type);
                if (last.value(QLatin1String("id")).toInt() != 2)
                    continue;
                const auto what = codeOf(last) != 0 ? QString::number(codeOf(last))
                    : last.contains(QLatin1String("tokenId")) ? last.value(QLatin1String("tokenId")).toString()
                                                              : tokensOf(last).join(QLatin1Char(','));
                return QStringLiteral("%1 %2").arg(QLatin1String(type), what);
            }
            return QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(!answered().isEmpty(), deadline);
        QCOMPARE(answered(), outcome);
    }

    void onlyPricesThatMayBeReadAreSent()
    {
        Guarded guarded;
        guarded.shards.post("BTC");
        guarded.shards.post("ETH");
        const auto client = guarded.known("bob");
        QVERIFY(client);
        QCOMPARE(tokensOf(client->last("authenticated")), QStringList{QStringLiteral("BTC")});
        client->send(R"({"type":"subscribe","tokens":["*"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(client->last("price:snapshot").value(QLatin1String("updates")).toArray().size(), 1);
        guarded.shards.post("ETH");
        guarded.shards.post("NEW");
        const auto last = guarded.shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), std::vector<qint64>{last}, deadline);
    }

    void aNewerTokenMayAllowLess()
    {
        Guarded guarded;
        guarded.authority.know("alice-less", identity("alice", std::set<QByteArray>{"ETH"}));
        const auto client = guarded.known("alice");
        QVERIFY(client);
        client->send(R"({"type":"subscribe","tokens":["*"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        client->send(auth("alice-less"));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("unsubscribed"), 1, deadline);
        QCOMPARE(tokensOf(client->last("unsubscribed")), QStringList{QStringLiteral("ETH")});
        guarded.shards.post("BTC");
        const auto last = guarded.shards.post("ETH");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), std::vector<qint64>{last}, deadline);
    }

    void aWrongTokenLaterChangesNothing()
    {
        Guarded guarded;
        const auto client = guarded.known("alice");
        QVERIFY(client);
        client->send(auth("forged", 2));
        client->send(auth("old", 3));
        client->send(auth("bob", 4)); // good, but somebody else's
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 3, deadline);
        QCOMPARE(codeOf(client->of("error")[0]), 101);
        QCOMPARE(codeOf(client->of("error")[1]), 109);
        QCOMPARE(codeOf(client->of("error")[2]), 103);
        client->send(R"({"type":"subscribe","tokens":["*"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        QCOMPARE(guarded.policy.of("alice"), 1);
        QCOMPARE(guarded.policy.of("bob"), 0);
    }

    void anExpiryIsToldAndARefreshGoesOn()
    {
        Guarded guarded;
        guarded.authority.know("short", identity("alice", {}, 300));
        const auto client = guarded.known("short");
        QVERIFY(client);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QCOMPARE(codeOf(client->last("error")), 109);
        QVERIFY(client->last("error").value(QLatin1String("retryable")).toBool());
        client->send(auth("alice"));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("authenticated"), 2, deadline);
        client->send(R"({"type":"subscribe","tokens":["*"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
    }

    void withoutARefreshItEndsAfterTheGrace()
    {
        Guarded guarded;
        guarded.authority.know("over", identity("alice", {}, 100 - limits::tokenGraceMs.count()));
        const auto client = guarded.shards.client();
        client->send(auth("over")); // within the skew: good from now on for the grace
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QVERIFY(!client->isGone());
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), int(limits::tokenGraceMs.count()) + deadline);
        QCOMPARE(client->closeCode, 4203);
    }

    void aRevokedOneIsClosed()
    {
        Guarded guarded;
        const auto alice = guarded.known("alice"), bob = guarded.known("bob");
        QVERIFY(alice && bob);
        guarded.authority.revoke("alice-1");
        QTRY_VERIFY_WITH_TIMEOUT(alice->isGone(), deadline);
        QCOMPARE(alice->closeCode, 4001);
        QVERIFY(!bob->isGone());
    }

    void whereNobodyNeedsATokenItIsNoMatter()
    {
        TestShards shards;
        shards.live("e1");
        const auto client = shards.client();
        client->send(auth("anything"));
        client->send(R"({"type":"auth","id":3,"token":5})");
        client->send(R"({"type":"subscribe","tokens":["*"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        QCOMPARE(client->count("error"), 1); // of the token that is none
        QVERIFY(!client->last("welcome").contains(QLatin1String("authRequired")));
    }
};

QTEST_GUILESS_MAIN(TestShardAuth)
#include "tst_shardauth.moc"
