#include "ui/pages/hurtingcard.h"

#include "ui/models/format.h"
#include "ui/widgets/tone.h"

#include <QLabel>

namespace odin {

namespace {

using namespace std::chrono_literals;

/// What is zero is calm.
void say(QLabel *label, const QString &what, quint64 count, const QString &unit = {}, Tone tone = Tone::Warning)
{
    label->setText(what + u' ' + formatCount(count) + unit);
    setTone(label, count > 0 ? tone : Tone::Muted);
}

} // namespace

HurtingCard::HurtingCard(QWidget *parent)
    : Card(QStringLiteral("Who is hurting"), parent),
      m_slow(addFigure(QStringLiteral("slow clients 00,000"),
                       QStringLiteral("Clients that get only the newest update of each token, because they are slow"))),
      m_resuming(addFigure(QStringLiteral("resuming 00,000"),
                           QStringLiteral("Clients that are being given what they missed while they were away"))),
      m_closed(addFigure(QStringLiteral("closed 00,000 in a minute"),
                         QStringLiteral("Clients that the gateway closed for a cause during the last minute"))),
      m_replaced(
          addFigure(QStringLiteral("replaced 000,000 in a minute"),
                    QStringLiteral("Updates of the last minute that slow clients, and clients of mode latest, did "
                                   "not get because a newer one of the token took their place"))),
      m_silent(addFigure(QStringLiteral("silent tokens 00,000"),
                         QStringLiteral("Tokens that have been silent for longer than is normal for them"))),
      m_lost(addFigure(QStringLiteral("lost 00,000"),
                       QStringLiteral("Frames dropped inside the gateway since its start: this should never happen")))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QLabel *HurtingCard::addFigure(const QString &widest, const QString &meaning)
{
    auto *label = addNumber(Tone::Muted, widest);
    label->setToolTip(meaning);
    label->setAccessibleDescription(meaning);
    return label;
}

void HurtingCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history)
{
    static const auto inMinute = QStringLiteral(" in a minute");
    const auto count = [](auto number) { return static_cast<quint64>(std::max<decltype(number)>(0, number)); };
    const auto growth = [&](const HistorySeries &series) { return count(series.growth(snapshot.takenMs, 1min)); };
    say(m_slow, QStringLiteral("slow clients"), count(snapshot.clientsThinned));
    say(m_resuming, QStringLiteral("resuming"), count(snapshot.clientsCatchingUp));
    say(m_closed, QStringLiteral("closed"), growth(history.closed), inMinute);
    say(m_replaced, QStringLiteral("replaced"), growth(history.conflated), inMinute);
    say(m_silent, QStringLiteral("silent tokens"), count(snapshot.staleTokens));
    say(m_lost, QStringLiteral("lost"), snapshot.lost, {}, Tone::Bad);
}

} // namespace odin
