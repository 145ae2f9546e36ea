#include "ui/widgets/toggleswitch.h"

#include "ui/palette.h"

#include <QPainter>

namespace odin {

namespace {

constexpr QSizeF track{30, 16};
constexpr qreal knobInset = 3;
constexpr qreal ringGap = 3; // room for the focus ring on each side

} // namespace

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
    const auto &p = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1 : 0.5);

    QRectF rect({}, track);
    rect.moveCenter(QRectF(this->rect()).center());
    const auto radius = track.height() / 2;
    if (hasFocus()) {
        const auto ring = rect.adjusted(-2, -2, 2, 2);
        painter.setPen(QPen(p.text, 1.5));
        painter.drawRoundedRect(ring, radius + 2, radius + 2);
    }
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(p.muted, 1));
    painter.setBrush(isChecked() ? p.accent : p.raised);
    painter.drawRoundedRect(isChecked() ? rect : rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    QRectF knob = rect.adjusted(knobInset, knobInset, -knobInset, -knobInset);
    knob.setWidth(knob.height());
    if (isChecked())
        knob.moveRight(rect.right() - knobInset);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? QColor(Qt::white) : p.muted);
    painter.drawEllipse(knob);
}

} // namespace odin
