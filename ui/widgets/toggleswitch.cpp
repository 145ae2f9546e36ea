#include "ui/widgets/toggleswitch.h"

#include "ui/palette.h"

#include <QPainter>

namespace odin {

namespace {

constexpr QSizeF track{30, 16};
constexpr qreal knobInset = 3;
constexpr qreal ringGap = 3; // room for the focus ring on each side

} // namespace

void paintSwitch(QPainter &painter, const QRectF &area, QStyle::State state)
{
    const auto &p = colours();
    const bool isOn = state.testFlag(QStyle::State_On);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(state.testFlag(QStyle::State_Enabled) ? 1 : 0.5);

    QRectF rect({}, track);
    rect.moveCenter(area.center());
    const auto radius = track.height() / 2;
    if (state.testFlag(QStyle::State_HasFocus)) {
        const auto ring = rect.adjusted(-2, -2, 2, 2);
        painter.setPen(QPen(p.text, 1.5));
        painter.drawRoundedRect(ring, radius + 2, radius + 2);
    }
    painter.setPen(isOn ? QPen(Qt::NoPen) : QPen(p.muted, 1));
    painter.setBrush(isOn ? p.accent : p.raised);
    painter.drawRoundedRect(isOn ? rect : rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    QRectF knob = rect.adjusted(knobInset, knobInset, -knobInset, -knobInset);
    knob.setWidth(knob.height());
    if (isOn)
        knob.moveRight(rect.right() - knobInset);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isOn ? p.background : p.muted);
    painter.drawEllipse(knob);
    painter.restore();
}

ToggleSwitch::ToggleSwitch(const QString &accessibleName, QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAccessibleName(accessibleName);
    setToolTip(accessibleName);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ToggleSwitch::sizeHint() const { return (track + QSizeF(2 * ringGap, 2 * ringGap)).toSize(); }

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QStyle::State state;
    state.setFlag(QStyle::State_On, isChecked());
    state.setFlag(QStyle::State_Enabled, isEnabled());
    state.setFlag(QStyle::State_HasFocus, hasFocus());
    QPainter painter(this);
    paintSwitch(painter, rect(), state);
}

} // namespace odin
