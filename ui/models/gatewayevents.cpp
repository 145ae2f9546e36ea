#include "ui/models/gatewayevents.h"

#include "core/model/closereason.h"
#include "core/model/limits.h"
#include "ui/models/format.h"

#include <algorithm>

namespace odin {

namespace {

/// "DOGE", or "DOGE, ADA, XRP and 9 more".
QString named(const QList<QByteArray> &tokens)
{
    QStringList names;
    for (const auto &token : tokens.first(std::min<qsizetype>(tokens.size(), limits::eventTokensMax)))
        names.append(QString::fromUtf8(token));
    const auto more = tokens.size() - names.size();
    const auto list = names.join(QStringLiteral(", "));
    return more > 0 ? QStringLiteral("%1 and %2 more").arg(list, formatCount(static_cast<quint64>(more))) : list;
}

QString withDetail(const QString &what, const QString &detail)
{
    return detail.isEmpty() ? what : what + QStringLiteral(": ") + detail;
}

/// "too slow (4101)"; the name alone for one that this console does not know.
QString reasonText(const QByteArray &name)
{
    const auto rule = std::ranges::find(closeRules, name, [](const CloseRule &r) { return QByteArray(r.name); });
    const auto text = QString::fromUtf8(name);
    return rule == closeRules.end() ? text : QStringLiteral("%1 (%2)").arg(text).arg(int(rule->reason));
}

QString silence(const TokenRow &token)
{
    const auto age = formatAge(std::chrono::milliseconds(token.ageMs));
    const auto normal = formatAge(std::chrono::milliseconds(token.expectedMs));
    return QStringLiteral("%1 silent for %2, up to %3 is normal: subscribers told")
        .arg(QString::fromUtf8(token.token), age, normal);
}

} // namespace

void GatewayEvents::append(const GatewaySnapshot &snapshot)
{
    compareBus(snapshot);
    compareSilence(snapshot);
    compareSimulator(snapshot);
    compareCloses(snapshot);
    compareLost(snapshot);
    m_takenMs = snapshot.takenMs;
}

void GatewayEvents::compareBus(const GatewaySnapshot &snapshot)
{
    const auto before = m_bus;
    const auto now = snapshot.upstream.state;
    m_bus = now;
    if (before == now || (!before && now != UpstreamState::Live && now != UpstreamState::Error))
        return;
    const auto tell = [&](EventTone tone, const QString &text) { m_list.tell({snapshot.takenMs, tone, text}); };
    if (now == UpstreamState::Live) {
        const auto away = formatAge(std::chrono::milliseconds(snapshot.takenMs - m_busLostMs));
        tell(EventTone::Good,
             m_busLostMs > 0 ? QStringLiteral("NATS is back after ") + away : QStringLiteral("Connected to NATS"));
        m_busLostMs = 0;
        return;
    }
    if (now == UpstreamState::Error)
        tell(EventTone::Bad, withDetail(QStringLiteral("NATS refuses the gateway"), snapshot.upstream.detail));
    if (before != UpstreamState::Live)
        return;
    m_busLostMs = snapshot.takenMs;
    if (now != UpstreamState::Error)
        tell(EventTone::Bad, withDetail(QStringLiteral("NATS is gone"), snapshot.upstream.detail));
}

void GatewayEvents::compareSilence(const GatewaySnapshot &snapshot)
{
    QSet<QByteArray> stale;
    QList<QByteArray> silent, live;
    const TokenRow *one = nullptr;
    for (const auto &token : snapshot.tokens) {
        if (token.stale) {
            stale.insert(token.token);
            if (!m_stale.contains(token.token)) {
                silent.append(token.token);
                one = &token;
            }
        } else if (m_stale.contains(token.token)) {
            live.append(token.token);
        }
    }
    m_stale = std::move(stale);
    const auto tell = [&](EventTone tone, const QString &text) { m_list.tell({snapshot.takenMs, tone, text}); };
    if (silent.size() == 1)
        tell(EventTone::Warning, silence(*one));
    else if (!silent.isEmpty())
        tell(EventTone::Warning, named(silent) + QStringLiteral(" are silent: subscribers told"));
    if (!live.isEmpty())
        tell(EventTone::Good,
             named(live) + (live.size() == 1 ? QStringLiteral(" is live again") : QStringLiteral(" are live again")));
}

void GatewayEvents::compareSimulator(const GatewaySnapshot &snapshot)
{
    QHash<QByteArray, bool> simulated;
    QList<QByteArray> on, off;
    if (snapshot.simulator) {
        for (const auto &token : snapshot.simulator->tokens) {
            simulated.insert(token.token, token.on);
            const auto before = m_simulated.constFind(token.token);
            if (before != m_simulated.constEnd() && *before != token.on)
                (token.on ? on : off).append(token.token);
        }
    }
    m_simulated = std::move(simulated);
    const auto tell = [&](const QList<QByteArray> &tokens, const QString &what) {
        if (!tokens.isEmpty())
            m_list.tell({snapshot.takenMs, EventTone::Info,
                         QStringLiteral("Simulator: %1 switched %2").arg(named(tokens), what)});
    };
    tell(on, QStringLiteral("on"));
    tell(off, QStringLiteral("off"));
}

// What was counted before this console came is no news.
void GatewayEvents::compareCloses(const GatewaySnapshot &snapshot)
{
    static const auto shutdown = QByteArray(closeName(CloseReason::Shutdown));
    for (const auto &[name, count] : snapshot.closes) {
        const auto before = m_closes.value(name);
        m_closes[name] = count;
        if (m_takenMs == 0 || count <= before)
            continue;
        m_list.count(QString::fromUtf8(name), count - before,
                     {snapshot.takenMs, name == shutdown ? EventTone::Info : EventTone::Warning,
                      QStringLiteral("Clients closed: %1, ") + reasonText(name)});
    }
}

void GatewayEvents::compareLost(const GatewaySnapshot &snapshot)
{
    const auto before = m_lost;
    m_lost = snapshot.lost;
    if (m_takenMs != 0 && snapshot.lost > before)
        m_list.count(
            QStringLiteral("lost"), snapshot.lost - before,
            {snapshot.takenMs, EventTone::Bad,
             QStringLiteral("Frames lost: %1, a shard could not keep up; its clients were sent away to resume")});
}

} // namespace odin
