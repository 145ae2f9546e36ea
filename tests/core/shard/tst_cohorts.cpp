// Sessions of equal subscriptions share one batch; whatever the order of joins and leaves, everyone gets exactly the
// frames that a look at each session alone would give.
#include "core/shard/cohorts.h"
#include "tests/core/shard/testframes.h"

#include <QTest>

#include <random>

using namespace odin;

namespace {

struct Member
{
    Subscription subscription;
    void *cohort = nullptr;
    std::size_t cohortIndex = 0;
    QByteArray got;
    std::vector<Seq> seqs;
};

Subscription wishFor(const TokenSelection &selection, Channels channels = Channel::Price)
{
    Subscription subscription;
    subscription.add(selection, channels);
    return subscription;
}

void fanOut(Cohorts<Member> &cohorts, const std::vector<FramePtr> &frames)
{
    cohorts.fanOut(frames, [](Cohorts<Member>::Cohort &cohort) {
        for (auto *member : cohort.members) {
            member->got += cohort.batch;
            for (const auto &frame : cohort.frames)
                member->seqs.push_back(frame->seq);
        }
    });
}

// What the fan-out has to do, in its slowest form.
QByteArray bytesFor(const Member &member, const std::vector<FramePtr> &frames)
{
    QByteArray bytes;
    for (const auto &frame : frames) {
        if (member.subscription.wants(frame->channel, frame->token))
            bytes += frame->bytes;
    }
    return bytes;
}

} // namespace

class TestCohorts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalSubscriptionsShareACohort()
    {
        Cohorts<Member> cohorts;
        Member a, b, c;
        cohorts.join(&a, wishFor({false, {"BTC"}}));
        cohorts.join(&b, wishFor({false, {"BTC"}}));
        cohorts.join(&c, wishFor({true, {}}));
        QCOMPARE(cohorts.size(), 2u);
        QCOMPARE(a.cohort, b.cohort);
        int delivered = 0;
        cohorts.fanOut(std::vector{priceFrame("BTC", 1)}, [&](auto &) { ++delivered; });
        QCOMPARE(delivered, 2);
    }

    void emptySubscriptionsBelongNowhere()
    {
        Cohorts<Member> cohorts;
        Member member;
        cohorts.join(&member, {});
        QCOMPARE(cohorts.size(), 0u);
        cohorts.leave(&member); // does nothing
        QVERIFY(!member.cohort);
    }

    void theLastOneOutEndsTheCohort()
    {
        Cohorts<Member> cohorts;
        Member a, b;
        cohorts.join(&a, wishFor({false, {"BTC", "ETH"}}));
        cohorts.join(&b, wishFor({false, {"BTC", "ETH"}}));
        cohorts.leave(&a);
        cohorts.leave(&b);
        QCOMPARE(cohorts.size(), 0u);
        fanOut(cohorts, {priceFrame("BTC", 1)});
        QVERIFY(a.got.isEmpty() && b.got.isEmpty());
    }

    void aBatchIsTheFramesInOrder()
    {
        Cohorts<Member> cohorts;
        Member all, some, market;
        cohorts.join(&all, wishFor({true, {}}));
        cohorts.join(&some, wishFor({false, {"ETH"}}));
        cohorts.join(&market, wishFor({false, {}}, Channel::Market));
        const std::vector frames{priceFrame("BTC", 1), testFrame(Channel::Market, {}, 2), priceFrame("ETH", 3),
                                 testFrame(Channel::Volume, "ETH", 4), priceFrame("BTC", 5)};
        fanOut(cohorts, frames);
        QCOMPARE(all.seqs, (std::vector<Seq>{1, 3, 5}));
        QCOMPARE(all.got, frames[0]->bytes + frames[2]->bytes + frames[4]->bytes);
        QCOMPARE(some.got, frames[2]->bytes);
        QCOMPARE(market.got, frames[1]->bytes);
        fanOut(cohorts, {frames[4]}); // nothing is left over from the round before
        QCOMPARE(some.got, frames[2]->bytes);
        QCOMPARE(all.seqs.size(), 4u);
    }

    void aFrameIsNotCopiedForOne()
    {
        Cohorts<Member> cohorts;
        Member member;
        cohorts.join(&member, wishFor({true, {}}));
        const auto frame = priceFrame("BTC", 1);
        cohorts.fanOut(std::vector{frame},
                       [&](auto &cohort) { QCOMPARE(cohort.batch.constData(), frame->bytes.constData()); });
    }

    void randomJoinsAndLeaves_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 5; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void randomJoinsAndLeaves()
    {
        QFETCH(const unsigned, seed);
        std::mt19937 random(seed);
        const auto pick = [&random](unsigned below) { return random() % below; };
        static const std::vector<QByteArray> tokens{"A", "B", "C", "D"};
        const auto selection = [&]() -> TokenSelection {
            if (pick(4) == 0)
                return {true, {}};
            TokenSelection some;
            for (unsigned i = pick(3) + 1; i > 0; --i)
                some.tokens.insert(tokens[pick(4)]);
            return some;
        };
        Cohorts<Member> cohorts;
        std::vector<Member> members(12);
        Seq seq = 0;
        for (int step = 0; step < 1000; ++step) {
            auto &member = members[pick(12)];
            cohorts.leave(&member);
            if (pick(3) == 0)
                member.subscription.remove(selection());
            else
                member.subscription.add(selection(), Channel(pick(3)));
            cohorts.join(&member, member.subscription);

            std::vector<FramePtr> frames;
            for (unsigned i = pick(5); i > 0; --i)
                frames.push_back(testFrame(Channel(pick(3)), tokens[pick(4)], ++seq));
            fanOut(cohorts, frames);
            for (auto &each : members)
                QCOMPARE(std::exchange(each.got, {}), bytesFor(each, frames));
        }
        for (auto &member : members)
            cohorts.leave(&member);
        QCOMPARE(cohorts.size(), 0u);
    }
};

QTEST_APPLESS_MAIN(TestCohorts)
#include "tst_cohorts.moc"
