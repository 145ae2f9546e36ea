// A load test as it is stated, and as odin-loadtest is told.
#include "ui/models/loadtestplan.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

QString text(const char *latin) { return QString::fromLatin1(latin); }

LoadTestPlan good()
{
    LoadTestPlan plan;
    plan.url = text("ws://127.0.0.1:8080/ws");
    plan.admin = text("http://127.0.0.1:8081/");
    return plan;
}

GatewaySnapshot own(bool isSimulated)
{
    GatewaySnapshot snapshot;
    snapshot.addresses.ws = good().url;
    snapshot.simulated = isSimulated;
    return snapshot;
}

} // namespace

class TestLoadTestPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ramps()
    {
        const auto ramp = rampOf(text(" 1, 20,19900"));
        QVERIFY(ramp);
        QCOMPARE(ramp.value(), std::vector<int>({1, 20, 19'900}));
        QCOMPARE(rampText(ramp.value()), text("1, 20, 19900"));
        for (const char *wrong : {"", "0", "-1", "x", "5,", "10,10", "10,5", "19901", "1.5", "1;2"})
            QVERIFY2(!rampOf(text(wrong)), wrong);
        QStringList many;
        for (int clients = 1; clients <= 21; ++clients)
            many.append(QString::number(clients));
        QVERIFY(!rampOf(many.join(u',')));
    }

    void saysWhatIsWrong()
    {
        QVERIFY(checked(good()));
        const auto refused = [](auto change) {
            auto plan = good();
            change(plan);
            const auto result = checked(plan);
            return result ? QString() : result.error().text;
        };
        QVERIFY(refused([](auto &plan) { plan.url.clear(); }).contains(text("ws://127.0.0.1:8080/ws")));
        QVERIFY(!refused([](auto &plan) { plan.url = text("http://127.0.0.1/ws"); }).isEmpty());
        QVERIFY(refused([](auto &plan) { plan.url = text("wss://127.0.0.1/ws"); }).contains(text("wss")));
        QVERIFY(refused([](auto &plan) { plan.admin = text("127.0.0.1:8081"); }).contains(text("admin")));
        QVERIFY(refused([](auto &plan) { plan.admin.clear(); }).isEmpty());
        QVERIFY(!refused([](auto &plan) { plan.ramp.clear(); }).isEmpty());
        QVERIFY(!refused([](auto &plan) { plan.hold = 499ms; }).isEmpty());
        QVERIFY(!refused([](auto &plan) { plan.hold = 601s; }).isEmpty());
    }

    void becomesArguments()
    {
        auto plan = good();
        plan.hold = 1500ms;
        plan.limits = {.p50Ms = {}, .p99Ms = 80, .lost = 0, .dropped = {}, .refused = 3};
        QCOMPARE(
            argumentsOf(plan).join(u' '),
            text("--progress json --url ws://127.0.0.1:8080/ws --ramp 100,1000,5000 --hold 1500ms --mix normal=100 "
                 "--admin http://127.0.0.1:8081/ --slo p99=80ms,lost=0,refused=3"));
        plan.admin.clear();
        plan.connectsPerSecond = 200;
        plan.limits = {{}, {}, {}, {}, {}};
        const auto arguments = argumentsOf(plan);
        QVERIFY(!arguments.contains(text("--admin")) && !arguments.contains(text("--slo")));
        QVERIFY(arguments.contains(text("200/s")));
    }

    void isToldInASentence()
    {
        QCOMPARE(sentenceOf(good()), text("3 steps of 30 s each, up to 5,000 clients: about 90 s"));
        QCOMPARE(sentenceOf(good(), 1'000),
                 text("From 1,000 clients up, each probe held for 30 s, until a limit is missed"));
        auto plan = good();
        plan.ramp = {1'000};
        QCOMPARE(sentenceOf(plan), text("1,000 clients, held for 30 s"));
    }

    void doubts()
    {
        QVERIFY(doubtsAbout(good(), own(true)).isEmpty());
        QVERIFY(doubtsAbout(good(), own(false)).join(u' ').contains(text("real prices")));
        auto other = good();
        other.url = text("ws://127.0.0.1:9090/ws");
        QCOMPARE(doubtsAbout(other, own(true)).size(), 1);
        other.url = text("ws://prices.example.com/ws");
        QCOMPARE(doubtsAbout(other, own(true)).size(), 2);
        QVERIFY(doubtsAbout(other, own(true)).front().contains(text("prices.example.com")));
    }

    void loopback()
    {
        for (const char *url : {"ws://127.0.0.1/ws", "ws://127.9.9.9:1/", "ws://localhost:80/ws", "ws://[::1]:80/ws"})
            QVERIFY2(isLoopback(text(url)), url);
        for (const char *url : {"", "ws://10.0.0.1/ws", "ws://example.com/127.0.0.1", "ws://127.example.com/"})
            QVERIFY2(!isLoopback(text(url)), url);
    }
};

QTEST_GUILESS_MAIN(TestLoadTestPlan)
#include "tst_loadtestplan.moc"
