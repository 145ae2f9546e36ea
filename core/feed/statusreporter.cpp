#include "core/feed/statusreporter.h"

#include "core/base/log.h"

namespace odin {
namespace {

const char *nameOf(UpstreamState state)
{
    switch (state) {
    case UpstreamState::Connecting: return "connecting";
    case UpstreamState::Replaying: return "replaying";
    case UpstreamState::Live: return "live";
    case UpstreamState::Reconnecting: return "reconnecting";
    case UpstreamState::Error: return "refused";
    }
    return "unknown";
}

} // namespace

void StatusReporter::setStream(const QByteArray &epoch, Durability durability)
{
    m_next.epoch = epoch;
    m_next.durability = durability;
}

void StatusReporter::live(const QString &detail)
{
    m_wasLive = true;
    tell(UpstreamState::Live, detail);
}

void StatusReporter::failed(const Failure &failure)
{
    if (failure.trouble == Trouble::Refused)
        tell(UpstreamState::Error, failure.text);
    else
        tell(m_wasLive ? UpstreamState::Reconnecting : UpstreamState::Connecting, failure.text);
}

void StatusReporter::tell(UpstreamState state, const QString &detail)
{
    m_next.state = state;
    m_next.detail = detail;
    if (m_everTold && m_next == m_told)
        return;
    m_everTold = true;
    m_told = m_next;
    if (state == UpstreamState::Error || state == UpstreamState::Reconnecting)
        qCWarning(lcFeed).noquote() << detail;
    else
        qCInfo(lcFeed).noquote() << "feed from" << m_next.url << "is" << nameOf(state) << detail;
    m_sink.upstreamChanged(m_told);
}

} // namespace odin
