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

    QByteArray text() { return metricsText({&feed, &hub, {&first, &second}}, state); }
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
            QStringLiteral("^[a-z_]+(\\{[a-z_]+=\"[^\"]*\"\\})? (-?[0-9.]+(e[+-]?[0-9]+)?|NaN|\\+Inf)$"));
        static const QRegularExpression typeLine(QStringLiteral("^# TYPE ([a-z_]+) (counter|gauge|summary)$"));
        QSet<QString> families;
        QString family;
        const auto text = gateway.text();
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
        QCOMPARE(sample(text, "odin_build_info{version=\"" ODIN_VERSION "\"}"), 1.0);
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
