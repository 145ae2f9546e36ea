#include "ui/meterstrip.h"

#include "ui/models/format.h"
#include "ui/models/lampstate.h"
#include "ui/widgets/meter.h"
#include "ui/widgets/statuslamp.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>

namespace odin {

namespace {

constexpr int stripHeight = 60;

Tone toneOf(const UpstreamStatus &upstream)
{
    switch (upstream.state) {
    case UpstreamState::Live: return upstream.durability == Durability::None ? Tone::Warning : Tone::Up;
    case UpstreamState::Connecting:
    case UpstreamState::Replaying: return Tone::Warning;
    default: return Tone::Bad;
    }
}

} // namespace

MeterStrip::MeterStrip(QWidget *parent) : QFrame(parent), m_lamp(new StatusLamp(this))
{
    setObjectName(QStringLiteral("meterStrip"));
    setFixedHeight(stripHeight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(16);
    row->addWidget(m_lamp, 1);
    m_clients = addMeter(QStringLiteral("Clients"), QStringLiteral("00,000"));
    m_updates = addMeter(QStringLiteral("Updates in"), QStringLiteral("0,000 /s"));
    m_deliveries = addMeter(QStringLiteral("Deliveries out"), QStringLiteral("0,000,000 /s"));
    m_latency = addMeter(QStringLiteral("p99 latency"), QStringLiteral("0,000 ms"));
    m_lost = addMeter(QStringLiteral("Lost"), QStringLiteral("00,000"));
    m_upstream = addMeter(QStringLiteral("NATS"), QStringLiteral("reconnecting"));
    m_uptime = addMeter(QStringLiteral("Uptime"), QStringLiteral("000 d 00:00"));
    m_simulated = makeBadge();
    row->addWidget(m_simulated, 0, Qt::AlignVCenter);
}

Meter *MeterStrip::addMeter(const QString &caption, const QString &widestValue)
{
    auto *meter = new Meter(caption, widestValue, this);
    static_cast<QHBoxLayout *>(layout())->addWidget(meter, 1);
    return meter;
}

QLabel *MeterStrip::makeBadge()
{
    auto *badge = makeLabel("badge", Tone::Warning, this);
    badge->setText(QStringLiteral("SIMULATED"));
    badge->setToolTip(QStringLiteral("The simulator of this program publishes prices"));
    auto policy = badge->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // nothing jumps when it goes
    badge->setSizePolicy(policy);
    return badge;
}

void MeterStrip::present(const GatewaySnapshot &snapshot)
{
    m_lamp->setStatus(lampStatus(snapshot));
    m_clients->setValue(formatCount(static_cast<quint64>(std::max(0, snapshot.clients))));
    m_updates->setValue(formatRate(snapshot.updatesPerSecond));
    m_deliveries->setValue(formatRate(snapshot.deliveriesPerSecond));
    m_latency->setValue(snapshot.gateway.count > 0 ? formatLatency(snapshot.gateway.p99Ms) : noValue);
    m_lost->setValue(formatCount(snapshot.lost), snapshot.lost > 0 ? Tone::Bad : Tone::Up);
    presentUpstream(snapshot.upstream);
    m_uptime->setValue(formatUptime(snapshot.uptime));
    m_simulated->setVisible(snapshot.simulated);
}

void MeterStrip::presentUpstream(const UpstreamStatus &upstream)
{
    m_upstream->setValue(upstreamWord(upstream.state), toneOf(upstream));
    m_upstream->setToolTip(upstream.detail.isEmpty() ? upstream.url : upstream.detail);
}

} // namespace odin
