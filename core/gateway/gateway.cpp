#include "core/gateway/gateway.h"

#include "core/base/log.h"
#include "core/gateway/rooms.h"
#include "core/model/limits.h"

#include <QRandomGenerator>

#include <thread>

namespace odin {

namespace {

QByteArray newNodeName() { return QByteArray::number(QRandomGenerator::system()->generate64(), 36).rightJustified(13, '0'); }

} // namespace

Gateway::Gateway(GatewayConfig config, Events events)
    : m_state(newNodeName()), m_control(QStringLiteral("odin-control"))
{
    m_rooms = m_control.call(
        [&] { return std::make_unique<Rooms>(std::move(config), std::move(events), m_state, *this); });
}

Gateway::~Gateway() { stop(); }

std::optional<StartFailure> Gateway::start()
{
    return m_control.call([this] { return m_rooms->open(); });
}

void Gateway::stop()
{
    if (!m_rooms)
        return;
    m_state.setDraining();
    m_control.call([this] { m_rooms->drain(); });
    const auto deadline = std::chrono::steady_clock::now() + limits::drainMsMax;
    while (m_state.census().sessions.load() > 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    // In two steps: what the feed's threads still posted to the control thread runs in between.
    m_control.call([this] { m_rooms->stopFeed(); });
    m_control.call([this] { m_rooms.reset(); });
}

void Gateway::reload()
{
    m_control.post([this] { m_rooms->reload(); });
}

SnapshotPtr Gateway::snapshot() const { return m_rooms->snapshot(); }

ClientDirectory &Gateway::clients() const { return m_rooms->clients(); }

GatewayAddresses Gateway::addresses() const
{
    return m_control.call([this] { return m_rooms->addresses(); });
}

QStringList Gateway::busUrls() const
{
    return m_control.call([this] { return m_rooms->busUrls(); });
}

void Gateway::upstreamChanged(const UpstreamStatus &status)
{
    m_state.setUpstream(status);
    m_rooms->upstreamChanged(status, m_control);
}

} // namespace odin
