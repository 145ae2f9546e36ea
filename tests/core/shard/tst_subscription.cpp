// What a session wants after any order of subscribes and unsubscribes.
#include "core/shard/subscription.h"

#include <QTest>

using namespace odin;

namespace {

const TokenSelection everything{true, {}};

TokenSelection named(std::set<QByteArray> tokens) { return {false, std::move(tokens)}; }

Channels both()
{
    Channels channels(Channel::Price);
    channels.add(Channel::Volume);
    return channels;
}

} // namespace

class TestSubscription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wantsNothingAtFirst()
    {
        const Subscription subscription;
        QVERIFY(subscription.isEmpty());
        QVERIFY(!subscription.wants(Channel::Price, "BTC"));
        QVERIFY(!subscription.wants(Channel::Market, {}));
    }

    void channelsBelongToTokens()
    {
        Subscription subscription;
        subscription.add(named({"BTC"}), Channel::Price);
        subscription.add(named({"ETH"}), Channel::Volume);
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
        QVERIFY(!subscription.wants(Channel::Volume, "BTC"));
        QVERIFY(!subscription.wants(Channel::Price, "ETH"));
        QVERIFY(subscription.wants(Channel::Volume, "ETH"));
        QVERIFY(!subscription.wants(Channel::Price, "SOL"));
        QVERIFY(subscription.channels() == both());
        QCOMPARE(subscription.selection(), named({"BTC", "ETH"}));
    }

    void channelsAddUp()
    {
        Subscription subscription;
        subscription.add(named({"BTC"}), Channel::Price);
        subscription.add(named({"BTC"}), Channel::Volume);
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
        QVERIFY(subscription.wants(Channel::Volume, "BTC"));
        subscription.remove(named({"BTC"}));
        QVERIFY(subscription.isEmpty());
    }

    void everythingWithExceptions()
    {
        Subscription subscription;
        subscription.add(everything, Channel::Price);
        subscription.remove(named({"BTC"}));
        QVERIFY(!subscription.wants(Channel::Price, "BTC"));
        QVERIFY(subscription.wants(Channel::Price, "ETH"));
        QCOMPARE(subscription.selection(), everything);
        subscription.add(named({"BTC"}), Channel::Price);
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
    }

    void everythingAgainEndsTheExceptions()
    {
        Subscription subscription;
        subscription.add(everything, Channel::Price);
        subscription.remove(named({"BTC", "ETH"}));
        QCOMPARE(subscription.namedTokens(), 2u);
        subscription.add(everything, Channel::Price);
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
        QCOMPARE(subscription.namedTokens(), 0u);
    }

    void moreOfOneTokenThanOfTheRest()
    {
        Subscription subscription;
        subscription.add(everything, Channel::Price);
        subscription.add(named({"BTC"}), Channel::Volume);
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
        QVERIFY(subscription.wants(Channel::Volume, "BTC"));
        QVERIFY(!subscription.wants(Channel::Volume, "ETH"));
        subscription.add(everything, Channel::Volume);
        QVERIFY(subscription.wants(Channel::Volume, "ETH"));
        QVERIFY(subscription.wants(Channel::Price, "BTC"));
    }

    // Sessions share the work when their subscriptions compare equal, so what wants the same must be the same.
    void equalWishesAreEqual()
    {
        Subscription plain;
        plain.add(everything, Channel::Price);
        Subscription detour;
        detour.add(named({"BTC"}), Channel::Price);
        detour.add(everything, Channel::Price);
        detour.add(named({"ETH"}), Channel::Price);
        detour.remove(named({"SOL"}));
        detour.add(named({"SOL"}), Channel::Price);
        QVERIFY(plain == detour);
        QCOMPARE(detour.namedTokens(), 0u);
    }

    void marketIsOfNoToken()
    {
        Subscription subscription;
        subscription.add(named({}), Channel::Market);
        QVERIFY(!subscription.isEmpty());
        QVERIFY(subscription.wants(Channel::Market, {}));
        QVERIFY(!subscription.wants(Channel::Price, "BTC"));
        subscription.add(named({"BTC"}), Channel::Price);
        subscription.remove(named({"BTC"}));
        QVERIFY(!subscription.wants(Channel::Price, "BTC"));
    }

    void removingEverythingLeavesNothing()
    {
        Subscription subscription;
        Channels channels = both();
        channels.add(Channel::Market);
        subscription.add(everything, channels);
        subscription.add(named({"BTC"}), Channel::Volume);
        subscription.remove(everything);
        QVERIFY(subscription.isEmpty());
        QVERIFY(subscription == Subscription());
        QVERIFY(subscription.channels() == Channels());
    }

    void removingWhatIsNotThere()
    {
        Subscription subscription;
        subscription.add(named({"BTC"}), Channel::Price);
        subscription.remove(named({"ETH"}));
        QCOMPARE(subscription.selection(), named({"BTC"}));
        QCOMPARE(subscription.namedTokens(), 1u);
    }
};

QTEST_APPLESS_MAIN(TestSubscription)
#include "tst_subscription.moc"
