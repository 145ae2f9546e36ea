#include "ui/widgets/statuslamp.h"

#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace odin {

namespace {

constexpr int lampRadius = 5;
constexpr int haloRadius = 8;

} // namespace

Tone toneOf(LampState state)
{
    switch (state) {
    case LampState::Live: return Tone::Up;
    case LampState::Down: return Tone::Bad;
    default: return Tone::Warning;
    }
}

StatusLamp::StatusLamp(QWidget *parent) : QWidget(parent), m_word(makeLabel("word", Tone::Normal, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * haloRadius + 5, 0, 0, 0);
    layout->addWidget(m_word);
    reserve(m_word, QStringLiteral("Connecting"));
}

void StatusLamp::setStatus(const LampStatus &status)
{
    m_state = status.state;
    m_word->setText(status.word);
    setToolTip(status.detail);
    setAccessibleName(QStringLiteral("Gateway: ") + status.word);
    setAccessibleDescription(status.detail);
    update();
}

void StatusLamp::paintEvent(QPaintEvent *)
{
    const QPointF centre(haloRadius, height() / 2.0);
    auto colour = colourOf(toneOf(m_state));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(centre, lampRadius, lampRadius);
    colour.setAlphaF(0.25f);
    painter.setBrush(colour);
    painter.drawEllipse(centre, haloRadius, haloRadius);
}

} // namespace odin
