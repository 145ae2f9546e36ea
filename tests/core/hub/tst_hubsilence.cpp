// feed:stale and feed:live: when the hub posts them, and what it counts and shows.
#include "tests/core/hub/hubtest.h"

#include "core/hub/hub.h"
#include "core/model/limits.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

// A hub on a feed that is live, with a clock of the test's own.
class LiveHub
{
public:
    LiveHub() { hub.tick(now); }

    void hear(const std::vector<QByteArray> &tokens, Origin origin = Origin::Live)
    {
        for (const auto &token : tokens) {
            auto next = message(++seq, {update(token)});
            next.received = now;
            next.storedMs = wallMs();
            next.origin = origin;
            hub.receive(std::move(next));
        }
    }
    /// Each second an update of each of the tokens and a tick of the feed.
    void run(std::chrono::seconds time, const std::vector<QByteArray> &tokens)
    {
        for (auto second = 0s; second < time; second += 1s) {
            now += 1s;
            hear(tokens);
            hub.tick(now);
        }
    }
    void pass(std::chrono::seconds time) { run(time, {}); }

    std::vector<FramePtr> notices() const
    {
        std::vector<FramePtr> found;
        std::copy_if(sink.frames.begin(), sink.frames.end(), std::back_inserter(found),
                     [](const auto &frame) { return frame->kind != FrameKind::Update; });
        return found;
    }
    TokenLatest latest(const QByteArray &token) const
    {
        for (const auto &row : hub.latestTokens()) {
            if (row.frame->token == token)
                return row;
        }
        return {};
    }

    SteadyTime now{1h};
    Seq seq = 0;
    RecordingFrames sink;
    Hub hub{{&sink}};
};

} // namespace

class TestHubSilence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSilentTokenIsStale()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        QVERIFY(live.notices().empty());
        live.run(10s, {"ETH"});
        QCOMPARE(live.notices().size(), 1u);
        const auto notice = live.notices().front();
        QCOMPARE(notice->kind, FrameKind::Stale);
        QCOMPARE(notice->channel, Channel::Price);
        QCOMPARE(notice->token, QByteArray("BTC"));
        QCOMPARE(notice->seq, 0);
        QVERIFY(notice->received == live.now - 10s);
        QCOMPARE(json(notice).value(QLatin1String("type")), QStringLiteral("feed:stale"));
        QCOMPARE(json(notice).value(QLatin1String("tokenId")), QStringLiteral("BTC"));
        const auto expected = json(notice).value(QLatin1String("expectedMs")).toInt();
        QVERIFY(expected >= 3000 && expected <= 5000);
        QVERIFY(json(notice).value(QLatin1String("ageMs")).toInt() >= expected);
        QCOMPARE(live.hub.counters().staleTotal.load(), 1u);
        QCOMPARE(live.hub.counters().staleTokens.load(), 1u);
        QCOMPARE(live.hub.counters().liveTotal.load(), 0u);
    }

    void liveComesBeforeTheUpdate()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        live.run(10s, {"ETH"});
        live.sink.frames.clear();
        live.now += 1s;
        live.hear({"BTC"});
        QCOMPARE(live.sink.frames.size(), 2u);
        QCOMPARE(live.sink.frames[0]->kind, FrameKind::Live);
        QCOMPARE(json(live.sink.frames[0]).value(QLatin1String("type")), QStringLiteral("feed:live"));
        QCOMPARE(json(live.sink.frames[0]).value(QLatin1String("ageMs")).toInt(), 11'000);
        QCOMPARE(live.sink.frames[1]->kind, FrameKind::Update);
        QCOMPARE(live.sink.frames[1]->seq, live.seq);
        QCOMPARE(live.hub.counters().staleTokens.load(), 0u);
        QCOMPARE(live.hub.counters().liveTotal.load(), 1u);
        live.run(5s, {"BTC", "ETH"});
        QCOMPARE(live.notices().size(), 1u);
    }

    // Another token in the same batch comes after, in the publisher's order.
    void inABatchToo()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        live.run(10s, {"ETH"});
        live.sink.frames.clear();
        auto batch = message(++live.seq, {update("ETH"), update("BTC"), update("BTC")});
        batch.received = live.now;
        live.hub.receive(std::move(batch));
        QCOMPARE(live.sink.posts, 20 * 2 + 1 + 10 + 1);
        QCOMPARE(live.sink.frames.size(), 4u);
        QCOMPARE(live.sink.frames[0]->token, QByteArray("ETH"));
        QCOMPARE(live.sink.frames[1]->kind, FrameKind::Live);
        QCOMPARE(live.sink.frames[1]->token, QByteArray("BTC"));
        QCOMPARE(live.sink.frames[3]->token, QByteArray("BTC"));
    }

    void theTableKnowsToo()
    {
        LiveHub live;
        live.run(4s, {"BTC"});
        QCOMPARE(live.latest("BTC").expected, 0ms);
        live.run(20s, {"BTC", "ETH"});
        live.run(10s, {"ETH"});
        QVERIFY(live.latest("BTC").stale);
        QVERIFY(live.latest("BTC").expected >= 3s);
        QVERIFY(live.latest("BTC").heard == live.now - 10s);
        QVERIFY(!live.latest("ETH").stale);
        for (const auto &frame : live.hub.latestPrices())
            QCOMPARE(frame->kind, FrameKind::Update); // what clients get as a snapshot
        live.hear({"BTC"});
        QVERIFY(!live.latest("BTC").stale);
    }

    void volumesAreNoSignOfLife()
    {
        LiveHub live;
        live.run(20s, {"BTC"});
        for (int second = 0; second < 10; ++second) {
            auto volume = message(++live.seq, {update("BTC", 1, Channel::Volume)});
            volume.received = live.now;
            live.hub.receive(std::move(volume));
            live.pass(1s);
        }
        QCOMPARE(live.notices().size(), 1u);
    }

    void anOutageOfTheBusIsNobodysSilence()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        live.now += 60s; // no tick: no bus
        live.hub.catchUp();
        live.hear({"ETH"}); // late
        live.hub.tick(live.now);
        live.run(20s, {"BTC", "ETH"});
        QVERIFY(live.notices().empty());
        QCOMPARE(live.latest("ETH").expected, 3s); // and nobody's cadence
        live.now += 60s;
        live.hub.catchUp();
        live.hub.tick(live.now);
        live.run(10s, {"ETH"});
        QCOMPARE(live.notices().size(), 1u); // who is silent afterwards is
        QCOMPARE(live.notices().front()->token, QByteArray("BTC"));
    }

    // Too short to be seen by itself, and yet too long together with the silence before it.
    void aShortOutageIsNobodysSilenceEither()
    {
        LiveHub live;
        live.run(60s, {"BTC"});
        live.pass(2s);
        live.now += 2500ms;
        live.hub.catchUp();
        live.hub.tick(live.now);
        QVERIFY(live.notices().empty());
        live.pass(2s);
        QVERIFY(live.notices().empty());
        live.pass(3s);
        QCOMPARE(live.notices().size(), 1u);
    }

    // SIGSTOP, a laptop's sleep: the messages of meanwhile still wait when the first tick comes.
    void nobodyIsStaleBecauseWeWereNotLooking()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        live.now += 60s;
        live.hear({"BTC"});
        live.hub.tick(live.now);
        live.hear({"ETH"});
        live.run(5s, {"BTC", "ETH"});
        QVERIFY(live.notices().empty());
    }

    // A gateway that starts knows cadences from the recent past, by the time of the bus.
    void theRecentPastTeaches()
    {
        RecordingFrames sink;
        Hub hub({&sink});
        const auto now = std::chrono::steady_clock::now();
        const auto wall = wallMs();
        hub.catchUp();
        for (int i = 0; i < 60; ++i) {
            auto past = message(i + 1, {update("BTC")});
            past.storedMs = wall - 120'000 + 2000 * i;
            past.origin = Origin::Replay;
            hub.receive(std::move(past)); // all within a moment
        }
        QVERIFY(sink.frames.size() == 60);
        const auto expected = hub.latestTokens().front().expected;
        QVERIFY2(expected >= 4s && expected <= 6s, qPrintable(QString::number(expected.count())));
        hub.tick(now);
        hub.tick(now + 2s);
        QCOMPARE(sink.frames.size(), 60u);
        for (auto later = 4s; later <= 10s; later += 2s)
            hub.tick(now + later);
        QCOMPARE(sink.frames.size(), 61u);
        QCOMPARE(sink.frames.back()->kind, FrameKind::Stale);
    }

    // Between the last message of a subject and the next that is read there may be others.
    void tablesTeachNothing()
    {
        RecordingFrames sink;
        Hub hub({&sink});
        hub.catchUp();
        for (int i = 0; i < 60; ++i) {
            auto last = message(i + 1, {update("BTC")});
            last.storedMs = wallMs() - 120'000 + 2000 * i;
            last.origin = Origin::Table;
            hub.receive(std::move(last));
        }
        QCOMPARE(hub.latestTokens().front().expected, 0ms);
    }

    void resetForgets()
    {
        LiveHub live;
        live.run(20s, {"BTC", "ETH"});
        live.run(10s, {"ETH"});
        live.hub.resetStream();
        QCOMPARE(live.hub.counters().staleTokens.load(), 0u);
        live.pass(60s);
        live.hear({"BTC"});
        QVERIFY(live.notices().empty());
        QCOMPARE(live.hub.latestTokens().size(), 1u);
        QCOMPARE(live.latest("BTC").expected, 0ms);
    }

    void recordsHowLongEncodingTakes()
    {
        LiveHub live;
        live.hear({"BTC"}, Origin::Replay);
        QCOMPARE(live.hub.counters().feedToHub.snapshot().count(), 0u);
        live.hear({"BTC", "ETH"});
        QCOMPARE(live.hub.counters().feedToHub.snapshot().count(), 2u);
        live.run(20s, {"BTC", "ETH"});
        live.run(10s, {"ETH"});
        live.hear({"BTC"});
        QCOMPARE(live.hub.counters().feedToHub.snapshot().count(), 53u); // of updates, not of notices
    }
};

QTEST_APPLESS_MAIN(TestHubSilence)
#include "tst_hubsilence.moc"
