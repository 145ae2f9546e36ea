// Counters of all rooms in one snapshot: sums, gauges, rates, tokens and the stages of an update's way.
#include "core/stats/collector.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

class Table final : public LatestView
{
public:
    std::vector<FramePtr> latestPrices() const override { return {}; }
    std::vector<TokenLatest> latestTokens() const override { return rows; }

    std::vector<TokenLatest> rows;
};

TokenLatest row(const QByteArray &token, std::chrono::milliseconds age, std::chrono::milliseconds expected, bool stale)
{
    auto frame = std::make_shared<Frame>();
    frame->token = token;
    frame->price = 7;
    frame->seq = 5;
    return {frame, std::chrono::steady_clock::now() - age, expected, stale};
}

// A gateway's counters without a gateway.
struct Rooms
{
    Rooms() { collector = std::make_unique<Collector>(Collector::Sources{sources(), &state, &table, {}, 100}); }

    CounterSources sources() const
    {
        return {.past = nullptr, .feed = &feed, .hub = &hub, .shards = {&first, &second}};
    }
    /// As the next second's.
    SnapshotPtr next()
    {
        collector->setAddresses({});
        return collector->latest();
    }

    GatewayState state{"node-1"};
    FeedCounters feed;
    HubCounters hub;
    ShardCounters first, second;
    Table table;
    std::unique_ptr<Collector> collector;
};

LatencySummary stage(const GatewaySnapshot &snapshot, const QByteArray &name)
{
    for (const auto &part : snapshot.stages) {
        if (part.name == name)
            return part.latency;
    }
    return {};
}

} // namespace

class TestCollector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThereAtOnce()
    {
        Rooms rooms;
        QVERIFY(rooms.collector->latest());
        QCOMPARE(rooms.collector->latest()->node, QByteArray("node-1"));
        QCOMPARE(rooms.collector->latest()->stages.size(), stageNames.size());
    }

    void sumsTheShards()
    {
        Rooms rooms;
        rooms.first.deliveries = 3;
        rooms.second.deliveries = 4;
        rooms.first.conflated = 5;
        rooms.second.conflated = 6;
        rooms.first.thinning = 1;
        rooms.second.catchingUp = 2;
        rooms.first.resumesRecovered = 8;
        rooms.second.resumesRefused = 9;
        const auto snapshot = rooms.next();
        QCOMPARE(snapshot->deliveries, 7u);
        QCOMPARE(snapshot->conflated, 11u);
        QCOMPARE(snapshot->clientsThinned, 1);
        QCOMPARE(snapshot->clientsCatchingUp, 2);
        QCOMPARE(snapshot->resumesRecovered, 8u);
        QCOMPARE(snapshot->resumesRefused, 9u);
        QVERIFY(snapshot->deliveriesPerSecond > 0);
        QCOMPARE(rooms.next()->deliveriesPerSecond, 0.0);
    }

    // Each histogram under its own name, the shards' merged, and only what came since the snapshot before.
    void stagesAreMergedAndSinceTheLast()
    {
        Rooms rooms;
        rooms.feed.publishToStore.record(1ms);
        rooms.feed.storeToFeed.record(2ms);
        rooms.hub.feedToHub.record(3ms);
        rooms.first.hubToShard.record(4ms);
        rooms.first.shardToSocket.record(5ms, 98);
        rooms.second.shardToSocket.record(500ms, 2);
        const auto snapshot = rooms.next();
        // A step of the histogram is up to 1/32 wide.
        const auto isAbout = [](double ms, double wanted) { return ms >= wanted && ms <= wanted * 1.04; };
        QCOMPARE(stage(*snapshot, "publish_to_store").count, 1u);
        QVERIFY(isAbout(stage(*snapshot, "publish_to_store").p50Ms, 1));
        QVERIFY(isAbout(stage(*snapshot, "store_to_feed").p50Ms, 2));
        QVERIFY(isAbout(stage(*snapshot, "feed_to_hub").p50Ms, 3));
        QVERIFY(isAbout(stage(*snapshot, "hub_to_shard").p50Ms, 4));
        QCOMPARE(stage(*snapshot, "shard_to_socket").count, 100u);
        QVERIFY(isAbout(stage(*snapshot, "shard_to_socket").p50Ms, 5));
        QVERIFY(isAbout(stage(*snapshot, "shard_to_socket").p99Ms, 500));
        QCOMPARE(stage(*rooms.next(), "shard_to_socket").count, 0u);
    }

    // The steps behind a percentile add up to its count, and those of two seconds to those of both.
    void stepsAreWhatPercentilesAreMadeOf()
    {
        Rooms rooms;
        rooms.first.roundTrip.record(20ms, 99);
        rooms.second.roundTrip.record(700ms);
        const auto trip = rooms.next()->roundTrip;
        QCOMPARE(trip.count, 100u);
        QCOMPARE(trip.steps.size(), 2u);
        QCOMPARE(trip.steps[0].count, 99u);
        QCOMPARE(double(trip.steps[0].upToMicros) / 1000, trip.p50Ms);
        QCOMPARE(trip.steps[1].count, 1u);
        QCOMPARE(double(trip.steps[1].upToMicros) / 1000, trip.maxMs);
        QVERIFY(rooms.next()->roundTrip.steps.empty());
    }

    void tokensHaveAnAge()
    {
        Rooms rooms;
        rooms.table.rows = {row("BTC", 2s, 5s, false), row("DOGE", 1h, 10s, true), row("NEW", -1h, 0s, false)};
        const auto snapshot = rooms.next();
        QCOMPARE(snapshot->staleTokens, 1);
        QCOMPARE(snapshot->tokens.size(), 3u);
        QCOMPARE(snapshot->tokens[0].token, QByteArray("BTC"));
        QCOMPARE(snapshot->tokens[0].price, 7.0);
        QVERIFY(snapshot->tokens[0].ageMs >= 2000 && snapshot->tokens[0].ageMs < 600'000);
        QCOMPARE(snapshot->tokens[0].expectedMs, 5000);
        QVERIFY(!snapshot->tokens[0].stale);
        QVERIFY(snapshot->tokens[1].stale);
        QVERIFY(snapshot->tokens[1].ageMs >= 3'600'000);
        QCOMPARE(snapshot->tokens[2].ageMs, 0); // the bus' clock is ahead of ours
    }

    void publishersRefusalsAreNamed()
    {
        Rooms rooms;
        rooms.feed.refused[std::size_t(Refusal::BadPrice)] = 2;
        QCOMPARE(rooms.next()->refused, (std::vector<NamedCount>{{"bad_price", 2}}));
    }
};

QTEST_GUILESS_MAIN(TestCollector)
#include "tst_collector.moc"
