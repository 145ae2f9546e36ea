// /metrics as a scraper reads it: every line well formed, every family declared once, the counters in it.
#include "core/http/metrics.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace odin;

namespace {

struct Gateway
{
    GatewayState state{"node"};
    FeedCounters feed;
    HubCounters hub;
    ShardCounters first, second;

    QByteArray text(const PastCounters *past = nullptr)
    {
        return metricsText({.past = past, .feed = &feed, .hub = &hub, .shards = {&first, &second}}, state);
    }
};

// The value of a sample; -1 when it is not there.
double sample(const QByteArray &text, const QByteArray &name)
{
    for (const auto &line : text.split('\n')) {
        if (line.startsWith(name + ' '))
            return line.mid(name.size() + 1).toDouble();
    }
    return -1;
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLineIsWellFormed()
    {
        Gateway gateway;
        gateway.first.gatewayLatency.record(std::chrono::milliseconds(3));
        static const QRegularExpression sampleLine(
            QStringLiteral("^[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? (-?[0-9.]+(e[+-]?[0-9]+)?|NaN|\\+Inf)$"));
        static const QRegularExpression typeLine(QStringLiteral("^# TYPE ([a-z_]+) (counter|gauge|summary)$"));
        QSet<QString> families;
        QString family;
        const PastCounters past;
        const auto text = gateway.text(&past);
        QVERIFY(text.endsWith('\n'));
        for (const auto &line : QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (const auto type = typeLine.match(line); type.hasMatch()) {
                family = type.captured(1);
                QVERIFY2(!families.contains(family), qPrintable(line));
                families.insert(family);
            } else if (!line.startsWith(QLatin1String("# HELP "))) {
                QVERIFY2(sampleLine.match(line).hasMatch(), qPrintable(line));
                QVERIFY2(line.startsWith(family), qPrintable(line));
            }
        }
        QVERIFY(families.size() > 20);
    }

    void sumsTheShards()
    {
        Gateway gateway;
        gateway.first.deliveries = 3;
        gateway.second.deliveries = 4;
        gateway.second.closes[closeIndex(CloseReason::TooSlow)] = 5;
        gateway.feed.updates = 6;
        gateway.feed.refused[std::size_t(Refusal::BadPrice)] = 7;
        gateway.hub.framesEncoded = 8;
        gateway.state.census().sessions = 9;
        const auto text = gateway.text();
        QCOMPARE(sample(text, "odin_deliveries_total"), 7.0);
        QCOMPARE(sample(text, "odin_sessions_ended_total{reason=\"too slow\"}"), 5.0);
        QCOMPARE(sample(text, "odin_feed_updates_total"), 6.0);
        QCOMPARE(sample(text, "odin_feed_refused_total{reason=\"bad_price\"}"), 7.0);
        QCOMPARE(sample(text, "odin_hub_frames_total"), 8.0);
        QCOMPARE(sample(text, "odin_clients"), 9.0);
        QCOMPARE(sample(text, "odin_shards"), 2.0);
        QCOMPARE(sample(text, "odin_build_info{version=\"" ODIN_VERSION "\"}"), 1.0);
    }

    void showsWhatSlowAndResumingClientsCost()
    {
        Gateway gateway;
        gateway.first.conflated = 1;
        gateway.second.conflated = 2;
        gateway.first.thinnings = 4;
        gateway.first.thinning = 5;
        gateway.second.thinning = 6;
        gateway.second.catchingUp = 7;
        gateway.first.resumesRecovered = 8;
        gateway.first.resumesRefused = 9;
        gateway.first.replayed = 10;
        gateway.first.histories = 11;
        const auto text = gateway.text();
        QCOMPARE(sample(text, "odin_updates_conflated_total"), 3.0);
        QCOMPARE(sample(text, "odin_clients_thinnings_total"), 4.0);
        QCOMPARE(sample(text, "odin_clients_thinned"), 11.0);
        QCOMPARE(sample(text, "odin_clients_catching_up"), 7.0);
        QCOMPARE(sample(text, "odin_resumes_recovered_total"), 8.0);
        QCOMPARE(sample(text, "odin_resumes_refused_total"), 9.0);
        QCOMPARE(sample(text, "odin_resumes_updates_total"), 10.0);
        QCOMPARE(sample(text, "odin_histories_total"), 11.0);
    }

    // Every shard keeps the same frames: their sum would be what nobody uses.
    void theRingIsTheLargestOfTheShards()
    {
        Gateway gateway;
        gateway.first.ringFrames = 10;
        gateway.second.ringFrames = 12;
        gateway.first.ringBytes = 1000;
        gateway.second.ringBytes = 900;
        QCOMPARE(sample(gateway.text(), "odin_ring_frames"), 12.0);
        QCOMPARE(sample(gateway.text(), "odin_ring_bytes"), 1000.0);
    }

    void thePastMayBeThere()
    {
        Gateway gateway;
        QVERIFY(!gateway.text().contains("odin_past_"));
        PastCounters past;
        past.rangesRead = 1;
        past.historiesRead = 2;
        past.messages = 3;
        past.failures = 4;
        const auto text = gateway.text(&past);
        QCOMPARE(sample(text, "odin_past_ranges_total"), 1.0);
        QCOMPARE(sample(text, "odin_past_histories_total"), 2.0);
        QCOMPARE(sample(text, "odin_past_messages_total"), 3.0);
        QCOMPARE(sample(text, "odin_past_failures_total"), 4.0);
    }

    void staleTokensAreAGauge()
    {
        Gateway gateway;
        gateway.hub.staleTokens = 2;
        gateway.hub.staleTotal = 5;
        gateway.hub.liveTotal = 3;
        QCOMPARE(sample(gateway.text(), "odin_hub_tokens_stale"), 2.0);
        QCOMPARE(sample(gateway.text(), "odin_hub_stale_total"), 5.0);
        QCOMPARE(sample(gateway.text(), "odin_hub_live_total"), 3.0);
    }

    void stagesShareOneFamily()
    {
        using namespace std::chrono_literals;
        Gateway gateway;
        gateway.feed.publishToStore.record(10ms);
        gateway.feed.storeToFeed.record(20ms, 2);
        gateway.hub.feedToHub.record(30ms, 3);
        gateway.first.hubToShard.record(40ms, 1);
        gateway.second.hubToShard.record(40ms, 3);
        gateway.second.shardToSocket.record(50ms, 5);
        const auto text = gateway.text();
        QCOMPARE(text.count("# TYPE odin_stage_latency_seconds summary"), 1);
        int nth = 0;
        for (const QByteArray name :
             {"publish_to_store", "store_to_feed", "feed_to_hub", "hub_to_shard", "shard_to_socket"}) {
            ++nth;
            const auto label = "{stage=\"" + name + '"';
            QCOMPARE(sample(text, "odin_stage_latency_seconds_count" + label + '}'), double(nth));
            const auto p99 = sample(text, "odin_stage_latency_seconds" + label + ",quantile=\"0.99\"}");
            QVERIFY2(p99 >= 0.01 * nth && p99 <= 0.0104 * nth, qPrintable(QString::number(p99)));
        }
    }

    // 2^53 and more in one counter would still be exact enough; what must not happen is 1e+06 for a million.
    void largeNumbersKeepTheirDigits()
    {
        Gateway gateway;
        gateway.first.bytes = 123'456'789'012;
        QCOMPARE(sample(gateway.text(), "odin_delivery_bytes_total"), 123'456'789'012.0);
    }

    void latenciesAreSummaries()
    {
        Gateway gateway;
        for (int i = 0; i < 90; ++i)
            gateway.first.gatewayLatency.record(std::chrono::milliseconds(1));
        for (int i = 0; i < 10; ++i)
            gateway.second.gatewayLatency.record(std::chrono::milliseconds(100));
        const auto text = gateway.text();
        QCOMPARE(sample(text, "odin_gateway_latency_seconds_count"), 100.0);
        QVERIFY(qAbs(sample(text, "odin_gateway_latency_seconds_sum") - 1.09) < 0.05);
        QVERIFY(qAbs(sample(text, "odin_gateway_latency_seconds{quantile=\"0.5\"}") - 0.001) < 0.0001);
        QVERIFY(qAbs(sample(text, "odin_gateway_latency_seconds{quantile=\"0.99\"}") - 0.1) < 0.01);
        QCOMPARE(sample(text, "odin_end_to_end_latency_seconds_count"), 0.0);
    }

    void theBusIsAGauge()
    {
        Gateway gateway;
        QCOMPARE(sample(gateway.text(), "odin_bus_live"), 0.0);
        UpstreamStatus live;
        live.state = UpstreamState::Live;
        gateway.state.setUpstream(live);
        QCOMPARE(sample(gateway.text(), "odin_bus_live"), 1.0);
        QVERIFY(sample(gateway.text(), "process_resident_memory_bytes") > 1'000'000);
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
