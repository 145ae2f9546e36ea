// The search for the capacity, on gateways whose limits are known, and what it says of them.
#include "ui/models/capacitycertificate.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>
#include <random>

using namespace odin;

namespace {

constexpr double p99MostMs = 50;

/// A gateway that is as late as a queue: without end where its one shard is used up.
struct Model
{
    double capacity = 4'000; ///< clients at which its shard is used up
    int connections = 100'000; ///< room
    int swarm = 100'000; ///< clients that the swarm itself can play
    double noise = 0; ///< share by which a measurement is off
    std::mt19937 random{7};

    LoadTestStep measure(int clients)
    {
        const double use = clients / capacity;
        const double spoilt = 1 + noise * std::uniform_real_distribution(-1.0, 1.0)(random);
        const double p99 = use < 1 ? 5 / (1 - use) * spoilt : 10'000;
        LoadTestStep step{.clients = clients,
                          .open = std::min(clients, connections),
                          .updatesPerSecond = 3.4 * clients,
                          .refused = std::max(0, clients - connections),
                          .busiestThread = std::min(1.0, 0.9 * clients / swarm),
                          .isSwarmLimited = clients > swarm};
        step.delivery = {.count = 1000, .p50Ms = p99 / 4, .p99Ms = p99, .maxMs = p99 * 2};
        step.gateway = LoadTestUsage{.cores = std::min(1.0, use), .residentBytes = 1e8, .shards = 1};
        step.swarm = LoadTestUsage{.cores = 0.3, .residentBytes = 1e8};
        const auto verdict = p99 <= p99MostMs ? LoadTestVerdict::Met
            : step.isSwarmLimited             ? LoadTestVerdict::Undecided
                                              : LoadTestVerdict::Missed;
        step.goals = {{QStringLiteral("p99"), p99MostMs, p99, verdict}};
        return step;
    }
};

CapacitySearch searched(Model model, const CapacityPlan &plan = {})
{
    CapacitySearch search(plan);
    while (search.next() > 0)
        search.take(model.measure(search.next()));
    return search;
}

/// p99 is 5 / (1 - use).
double truth(const Model &model) { return model.capacity * (1 - 5 / p99MostMs); }

CapacityCertificate certificateOf(const Model &model, const CapacityPlan &plan = {})
{
    return {.startedAt = QDateTime(QDate(2026, 11, 26), QTime(17, 5, 30), Qt::UTC),
            .endedAt = QDateTime(QDate(2026, 11, 26), QTime(17, 9, 0), Qt::UTC),
            .machine = {QStringLiteral("Test CPU <1>"), 64, 8'000'000'000, QStringLiteral("Linux 6.1 x86_64")},
            .loadTester = QStringLiteral("0.1.0"),
            .simulated = QStringLiteral("yes"),
            .load = {.url = QStringLiteral("ws://127.0.0.1:8080/ws"), .admin = {}},
            .search = searched(model, plan)};
}

} // namespace

class TestCapacitySearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsThere_data()
    {
        QTest::addColumn<double>("capacity");
        QTest::addColumn<int>("first");
        for (const double capacity : {30.0, 111.0, 150.0, 4'000.0, 20'000.0}) {
            for (const int first : {1, 100, 15'000})
                QTest::addRow("%g from %d", capacity, first) << capacity << first;
        }
    }

    void findsWhatIsThere()
    {
        QFETCH(double, capacity);
        QFETCH(int, first);
        const Model model{.capacity = capacity};
        const auto search = searched(model, {.first = first});
        const double apart = std::max(1.0, 0.05 * search.met());
        QVERIFY2(search.met() <= truth(model) && search.met() >= truth(model) - apart - 1,
                 qPrintable(QStringLiteral("%1 of %2").arg(search.met()).arg(truth(model))));
        QVERIFY(search.bent() > truth(model) - 1e-6);
        QVERIFY2(search.probes().size() <= 40, qPrintable(QString::number(search.probes().size())));
    }

    void findsItInNoise()
    {
        for (unsigned seed = 1; seed <= 50; ++seed) {
            Model model{.noise = 0.3};
            model.random.seed(seed);
            const auto search = searched(model);
            // 30% more or less latency is what 3% of the clients make here, and the tolerance is 5%.
            QVERIFY2(std::abs(search.met() - truth(model)) < 0.1 * truth(model),
                     qPrintable(QString::number(search.met())));
        }
    }

    void aSpoiltProbeDecidesNothing()
    {
        Model model;
        CapacitySearch search({});
        auto spoilt = model.measure(100);
        spoilt.goals.front().measured = 900;
        spoilt.goals.front().verdict = LoadTestVerdict::Missed;
        search.take(spoilt);
        QCOMPARE(search.next(), 100); // once more
        search.take(model.measure(100));
        QCOMPARE(search.next(), 200);
        QCOMPARE(search.met(), 100);
    }

    void threeOpinionsAreNone()
    {
        CapacitySearch search({});
        for (const auto verdict : {LoadTestVerdict::Missed, LoadTestVerdict::Undecided, LoadTestVerdict::Met}) {
            QCOMPARE(search.next(), 100);
            LoadTestStep step{.clients = 100, .open = 100};
            step.goals = {{QStringLiteral("p99"), 50, 51, verdict}}; // narrowly
            search.take(step);
        }
        QCOMPARE(search.bent(), 100);
        QCOMPARE(search.met(), 0);
    }

    void endsWhereItMayGoNoFurther()
    {
        const auto search = searched({.capacity = 1e6}, {.first = 100, .most = 750});
        QCOMPARE(search.met(), 750);
        QCOMPARE(search.bent(), 0);
        QVERIFY(!search.bending());
        QCOMPARE(search.probes().size(), 4U); // 100, 200, 400, 750
    }

    void endsAtNothing()
    {
        const auto search = searched({.capacity = 0.5});
        QCOMPARE(search.met(), 0);
        QCOMPARE(search.bent(), 1);
        QVERIFY(!search.meeting());
    }

    void namesTheResource()
    {
        const auto first = [](const Model &model, int cores = 64) {
            const auto search = searched(model);
            return causeOf(search.bending()->step, cores).first;
        };
        QCOMPARE(first({}), Resource::GatewayCpu);
        QCOMPARE(first({.connections = 1'000}), Resource::Connections);
        QCOMPARE(first({.capacity = 4'000, .swarm = 2'000}), Resource::Swarm);
        QCOMPARE(first({}, 1), Resource::Machine); // gateway and swarm on one core
        auto step = Model{}.measure(4'500);
        step.gateway->cores = 0.4;
        QCOMPARE(causeOf(step, 64).first, Resource::Latency);
        step.gateway.reset();
        QVERIFY(causeOf(step, 64).sentence.contains(QStringLiteral("was not measured")));
        step.lost = 3;
        QCOMPARE(causeOf(step, 64).first, Resource::Losses);
        step.dropped = 2;
        QCOMPARE(causeOf(step, 64).first, Resource::Clients);
        step.failed = 1;
        QCOMPARE(causeOf(step, 64).first, Resource::Handshakes);
    }

    void certifies()
    {
        const auto certificate = certificateOf({});
        const auto json = certificateJson(certificate);
        QCOMPARE(json.value(u"clients").toInt(), certificate.search.met());
        QCOMPARE(json.value(u"bentFirst").toString(), QStringLiteral("gateway-cpu"));
        QCOMPARE(json.value(u"startedAt").toString(), QStringLiteral("2026-11-26T17:05:30Z"));
        const auto probes = json.value(u"probes").toArray();
        QCOMPARE(probes.size(), qsizetype(certificate.search.probes().size()));
        QCOMPARE(probes[0].toObject().value(u"clients").toInt(), 100);
        QCOMPARE(json.value(u"machine").toObject().value(u"cores").toInt(), 64);
        QVERIFY(json.value(u"verdict").toString().contains(QStringLiteral("1 thread that serves clients")));

        const auto page = certificateHtml(certificate);
        QVERIFY(page.contains(QStringLiteral("Test CPU &lt;1&gt;")));
        QCOMPARE(page.count(QStringLiteral("<tr>")), qsizetype(probes.size()) + 1 + 7); // and a header, and the facts
        QVERIFY(!page.contains(QRegularExpression(QStringLiteral("(src|href)=|nan|inf\\b"))));
        QCOMPARE(certificateName(certificate), QStringLiteral("capacity-20261126T170530Z"));
    }

    void saysWhenNothingBent()
    {
        const auto certificate = certificateOf({.capacity = 1e6}, {.most = 300});
        QVERIFY(certificate.sentence().contains(QStringLiteral("up to 300 clients")));
        const auto json = certificateJson(certificate);
        QVERIFY(json.value(u"bentFirst").isNull() && json.value(u"bentAtClients").isNull());
    }

    void isSaved()
    {
        QTemporaryDir folder;
        const auto certificate = certificateOf({});
        const auto path = saveCertificate(certificate, folder.filePath(QStringLiteral("odin/certificates")));
        QVERIFY(path);
        QVERIFY(QFile::exists(path.value() + QStringLiteral(".json"))
                && QFile::exists(path.value() + QStringLiteral(".html")));
        const auto refused = saveCertificate(certificate, QStringLiteral("/dev/full/odin"));
        QVERIFY(!refused && refused.error().text.contains(QStringLiteral("/dev/full/odin")));
    }

    void machines()
    {
        QCOMPARE(cpuModelIn("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n"), QStringLiteral("Some CPU @ 2 GHz"));
        QCOMPARE(cpuModelIn("nothing"), QString());
        QCOMPARE(memoryBytesIn("MemTotal:       16 kB\nMemFree: 1 kB\n"), 16'384);
        QCOMPARE(memoryBytesIn({}), 0);
        QVERIFY(thisMachine().cores > 0 && thisMachine().memoryBytes > 0);
    }
};

QTEST_GUILESS_MAIN(TestCapacitySearch)
#include "tst_capacitysearch.moc"
