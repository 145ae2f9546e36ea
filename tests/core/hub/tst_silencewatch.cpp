// Who is stale, when, for how long, and once only.
#include "core/hub/silencewatch.h"
#include "core/model/limits.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime start{1h};

// Tokens that update each second from `from` on, so that their cadence is known; gives when the last did.
SteadyTime teach(SilenceWatch &watch, const std::vector<QByteArray> &tokens, SteadyTime from = start)
{
    auto at = from;
    for (int i = 0; i < 300; ++i) {
        at += 1s;
        for (const auto &token : tokens)
            watch.heard(token, at, SilenceWatch::Learn::Yes);
    }
    return at;
}

} // namespace

class TestSilenceWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachSilenceOnce()
    {
        SilenceWatch watch;
        const auto last = teach(watch, {"BTC", "ETH"});
        watch.heard("ETH", last + 2s, SilenceWatch::Learn::Yes);
        QVERIFY(watch.judge(last + 2900ms).empty());
        const auto stale = watch.judge(last + 4s);
        QCOMPARE(stale.size(), 1u);
        QCOMPARE(stale[0].token, QByteArray("BTC"));
        QCOMPARE(stale[0].age, 4s);
        QCOMPARE(stale[0].expected, 3s);
        QVERIFY(stale[0].heard == last);
        QCOMPARE(watch.staleTokens(), 1u);
        QVERIFY(watch.judge(last + 4500ms).empty());
        QCOMPARE(watch.judge(last + 1h).size(), 1u); // the other one
        QCOMPARE(watch.staleTokens(), 2u);
    }

    void tellsTheEndOfASilence()
    {
        SilenceWatch watch;
        const auto last = teach(watch, {"BTC"});
        QVERIFY(!watch.heard("BTC", last + 1s, SilenceWatch::Learn::Yes).ended);
        QCOMPARE(watch.judge(last + 10s).size(), 1u);
        const auto heard = watch.heard("BTC", last + 21s, SilenceWatch::Learn::Yes);
        QVERIFY(heard.ended);
        QCOMPARE(heard.ended->age, 20s);
        QCOMPARE(heard.ended->expected, 3s);
        QCOMPARE(watch.staleTokens(), 0u);
        QVERIFY(!watch.heard("BTC", last + 22s, SilenceWatch::Learn::Yes).ended);
        QCOMPARE(watch.judge(last + 1h).size(), 1u); // and may fall silent again
    }

    void whoIsNotKnownIsNotJudged()
    {
        SilenceWatch watch;
        for (int i = 0; i < limits::cadenceGapsMin; ++i)
            watch.heard("BTC", start + i * 1s, SilenceWatch::Learn::Yes);
        QVERIFY(!watch.isDue(start + 24h));
        QVERIFY(watch.judge(start + 24h).empty());
    }

    // However long it was, and also for who was never heard since.
    void anOutageIsNobodysSilence()
    {
        SilenceWatch watch;
        const auto last = teach(watch, {"BTC", "ETH"});
        const auto back = last + 1h;
        watch.heard("ETH", back - 1s, SilenceWatch::Learn::No); // caught up on
        watch.restart(back);
        QVERIFY(watch.judge(back + 2900ms).empty());
        watch.heard("ETH", back + 2900ms, SilenceWatch::Learn::Yes);
        const auto stale = watch.judge(back + 3100ms);
        QCOMPARE(stale.size(), 1u);
        QCOMPARE(stale[0].token, QByteArray("BTC"));
        QCOMPARE(stale[0].age, 1h + 3100ms); // as old as its price is
        const auto heard = watch.heard("ETH", back + 4s, SilenceWatch::Learn::Yes);
        QCOMPARE(heard.expected, 3000ms); // learned nothing of the hour
    }

    void whoWasStaleBeforeAnOutageStaysSo()
    {
        SilenceWatch watch;
        const auto last = teach(watch, {"BTC"});
        QCOMPARE(watch.judge(last + 1min).size(), 1u);
        watch.restart(last + 2min);
        QCOMPARE(watch.staleTokens(), 1u);
        QVERIFY(watch.judge(last + 10min).empty());
        QVERIFY(watch.heard("BTC", last + 11min, SilenceWatch::Learn::Yes).ended);
    }

    // The clock of a bus that is ahead must not put off the judgement.
    void thePastMayBeInTheFuture()
    {
        SilenceWatch watch;
        teach(watch, {"BTC"}, start + 10h);
        watch.restart(start);
        QVERIFY(watch.judge(start + 2s).empty());
        QCOMPARE(watch.judge(start + 4s).size(), 1u);
    }

    // Whoever becomes faster is judged by that, not by when it was to be looked at before.
    void aTokenThatBecomesFasterIsDueSooner()
    {
        SilenceWatch watch;
        auto at = start;
        for (int i = 0; i < 300; ++i)
            watch.heard("BTC", at += 20min, SilenceWatch::Learn::Yes);
        QVERIFY(watch.judge(at + 30min).empty());
        for (int i = 0; i < 600; ++i)
            watch.heard("BTC", at += 1s, SilenceWatch::Learn::Yes);
        QCOMPARE(watch.judge(at + 4s).size(), 1u);
    }

    void clearForgets()
    {
        SilenceWatch watch;
        const auto last = teach(watch, {"BTC"});
        QCOMPARE(watch.judge(last + 1min).size(), 1u);
        watch.clear();
        QCOMPARE(watch.staleTokens(), 0u);
        QVERIFY(!watch.isDue(last + 1h));
        QVERIFY(!watch.heard("BTC", last + 1h, SilenceWatch::Learn::Yes).expected);
    }

    // At the limit, all of them alive: nobody is called stale, and few are looked at in vain.
    void manyTokens()
    {
        SilenceWatch watch;
        std::vector<QByteArray> tokens;
        for (int i = 0; i < limits::tokensMax; ++i)
            tokens.push_back("T" + QByteArray::number(i));
        auto at = start;
        int due = 0, looks = 0;
        for (int second = 0; second < 30; ++second) {
            at += 1s;
            for (const auto &token : tokens)
                watch.heard(token, at, SilenceWatch::Learn::Yes);
            for (auto tick = 0ms; tick < 1s; tick += 100ms) {
                ++looks;
                due += watch.isDue(at + tick);
                QVERIFY(watch.judge(at + tick).empty());
            }
        }
        QVERIFY(due < looks / 5);
        QCOMPARE(watch.judge(at + 1h).size(), tokens.size());
    }
};

QTEST_APPLESS_MAIN(TestSilenceWatch)
#include "tst_silencewatch.moc"
