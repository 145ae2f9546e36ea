#include "core/model/limits.h"
#include "ui/models/eventsmodel.h"
#include "ui/models/gatewayevents.h"

#include <QTest>

using namespace odin;

namespace {

constexpr qint64 start = 1'700'000'000'000;

/// Snapshots a second apart, of a gateway that is live.
struct Gateway
{
    Gateway()
    {
        snapshot.takenMs = start;
        snapshot.upstream.state = UpstreamState::Live;
        say();
    }

    void say()
    {
        events.append(snapshot);
        snapshot.takenMs += 1'000;
    }
    QStringList said() const
    {
        QStringList texts;
        for (const auto &event : events.list().newestFirst())
            texts.append(event.text);
        return texts;
    }
    QString newest() const { return said().value(0); }
    EventTone tone() const { return events.list().newestFirst().front().tone; }

    GatewaySnapshot snapshot;
    GatewayEvents events;
};

TokenRow token(const QByteArray &name, bool stale)
{
    return {.token = name, .stale = stale, .ageMs = 9'240, .expectedMs = 2'100};
}

} // namespace

class TestGatewayEvents : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasBeforeIsNoNews();
    void busLostAndBack();
    void busThatRefuses();
    void busThatIsSlowToCome();
    void tokensFallSilent();
    void manyAreToldAsOne();
    void simulatorSwitched();
    void clientsClosed();
    void closesThatGoOnAreOneEvent();
    void lostFrames();
    void isBounded();
    void warningsOfTheLogBelongToIt();
};

void TestGatewayEvents::whatWasBeforeIsNoNews()
{
    GatewayEvents events;
    GatewaySnapshot snapshot;
    snapshot.takenMs = start;
    snapshot.closes = {{"too slow", 7}};
    snapshot.lost = 3;
    snapshot.simulator.emplace();
    snapshot.simulator->tokens = {{.token = "BTC", .on = false}};
    events.append(snapshot);
    QVERIFY(events.list().newestFirst().empty());
    QCOMPARE(Gateway().said(), QStringList(QStringLiteral("Connected to NATS")));
}

void TestGatewayEvents::busLostAndBack()
{
    Gateway gateway;
    gateway.snapshot.upstream.state = UpstreamState::Reconnecting;
    gateway.snapshot.upstream.detail = QStringLiteral("connection refused");
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("NATS is gone: connection refused"));
    QCOMPARE(gateway.tone(), EventTone::Bad);
    gateway.say();
    gateway.snapshot.upstream.state = UpstreamState::Replaying;
    gateway.say();
    gateway.snapshot.upstream.state = UpstreamState::Live;
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("NATS is back after 3.0 s"));
    QCOMPARE(gateway.tone(), EventTone::Good);
    QCOMPARE(gateway.said().size(), 3);
}

void TestGatewayEvents::busThatRefuses()
{
    Gateway gateway;
    gateway.snapshot.upstream.state = UpstreamState::Error;
    gateway.snapshot.upstream.detail = QStringLiteral("wrong password");
    gateway.say();
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("NATS refuses the gateway: wrong password"));
    QCOMPARE(gateway.said().size(), 2);
}

void TestGatewayEvents::busThatIsSlowToCome()
{
    GatewayEvents events;
    GatewaySnapshot snapshot;
    for (const auto state : {UpstreamState::Connecting, UpstreamState::Replaying, UpstreamState::Live}) {
        snapshot.takenMs += 1'000;
        snapshot.upstream.state = state;
        events.append(snapshot);
    }
    QCOMPARE(events.list().newestFirst().size(), 1u);
    QCOMPARE(events.list().newestFirst().front().text, QStringLiteral("Connected to NATS"));
}

void TestGatewayEvents::tokensFallSilent()
{
    Gateway gateway;
    gateway.snapshot.tokens = {token("BTC", false), token("DOGE", true)};
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("DOGE silent for 9.2 s, up to 2.1 s is normal: subscribers told"));
    QCOMPARE(gateway.tone(), EventTone::Warning);
    const auto before = gateway.said().size();
    gateway.say();
    QCOMPARE(gateway.said().size(), before); // once
    gateway.snapshot.tokens.back().stale = false;
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("DOGE is live again"));
}

void TestGatewayEvents::manyAreToldAsOne()
{
    Gateway gateway;
    for (const auto *name : {"ADA", "BTC", "DOGE", "ETH", "SOL"})
        gateway.snapshot.tokens.push_back(token(name, true));
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("ADA, BTC, DOGE and 2 more are silent: subscribers told"));
    QCOMPARE(gateway.said().size(), 2);
}

void TestGatewayEvents::simulatorSwitched()
{
    Gateway gateway;
    gateway.snapshot.simulator.emplace();
    gateway.snapshot.simulator->tokens = {{.token = "BTC", .on = true}, {.token = "ETH", .on = true}};
    gateway.say();
    QCOMPARE(gateway.said().size(), 1);
    gateway.snapshot.simulator->tokens[1].on = false;
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("Simulator: ETH switched off"));
    gateway.snapshot.simulator->tokens[1].on = true;
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("Simulator: ETH switched on"));
}

void TestGatewayEvents::clientsClosed()
{
    Gateway gateway;
    gateway.snapshot.closes = {{"too slow", 2}};
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("Clients closed: 2, too slow (4101)"));
    QCOMPARE(gateway.tone(), EventTone::Warning);
    gateway.snapshot.closes = {{"shutdown or drain", 1}, {"too slow", 2}};
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("Clients closed: 1, shutdown or drain (4200)"));
    QCOMPARE(gateway.tone(), EventTone::Info);
}

// Ten thousand slow clients in a few seconds are one line; those of a minute later are another.
void TestGatewayEvents::closesThatGoOnAreOneEvent()
{
    Gateway gateway;
    for (int i = 1; i <= 5; ++i) {
        gateway.snapshot.closes = {{"too slow", quint64(i) * 2'000}};
        gateway.say();
    }
    QCOMPARE(gateway.newest(), QStringLiteral("Clients closed: 10,000, too slow (4101)"));
    QCOMPARE(gateway.said().size(), 2);
    gateway.snapshot.takenMs += 60'000;
    gateway.snapshot.closes = {{"too slow", 10'003}};
    gateway.say();
    QCOMPARE(gateway.newest(), QStringLiteral("Clients closed: 3, too slow (4101)"));
    QCOMPARE(gateway.said().size(), 3);
}

void TestGatewayEvents::lostFrames()
{
    Gateway gateway;
    gateway.snapshot.lost = 41;
    gateway.say();
    QVERIFY(gateway.newest().startsWith(QStringLiteral("Frames lost: 41,")));
    QCOMPARE(gateway.tone(), EventTone::Bad);
}

void TestGatewayEvents::isBounded()
{
    EventList list;
    for (int i = 0; i < 1'000; ++i)
        list.tell({start + i, EventTone::Info, QString::number(i)});
    QCOMPARE(list.newestFirst().size(), limits::eventsMax);
    QCOMPARE(list.newestFirst().front().text, QStringLiteral("999"));
}

void TestGatewayEvents::warningsOfTheLogBelongToIt()
{
    EventsModel model;
    EventList events;
    events.tell({start + 2'000, EventTone::Good, QStringLiteral("second")});
    model.appendLog({{start + 1'000, QtWarningMsg, "odin.shard", QStringLiteral("first"), 1},
                     {start + 1'500, QtInfoMsg, "odin.shard", QStringLiteral("not worth it"), 2},
                     {start + 1'600, QtWarningMsg, "odin.feed", QStringLiteral("told as the state of the bus"), 3},
                     {start + 1'700, QtWarningMsg, "default", QStringLiteral("a matter of Qt's own"), 3},
                     {start + 3'000, QtCriticalMsg, "odin.http", QStringLiteral("third <b>"), 4}});
    model.setEvents(events);
    QCOMPARE(model.newestLogged(), 4u);
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, EventsModel::What).data().toString());
    QCOMPARE(texts, QStringList({QStringLiteral("third <b>"), QStringLiteral("second"), QStringLiteral("first")}));
    QCOMPARE(model.index(0, EventsModel::What).data(Qt::ToolTipRole).toString(), QStringLiteral("third &lt;b&gt;"));
    QCOMPARE(model.index(0, 0).data(EventsModel::ToneRole).toInt(), int(EventTone::Bad));
    bool changed = false;
    connect(&model, &QAbstractItemModel::modelReset, this, [&] { changed = true; });
    model.setEvents(events);
    QVERIFY(!changed); // rows stay under the cursor while nothing happens
}

QTEST_GUILESS_MAIN(TestGatewayEvents)
#include "tst_gatewayevents.moc"
