#include "ui/widgets/navigationbutton.h"

#include "ui/icons.h"
#include "ui/palette.h"

#include <QAction>
#include <QPainter>

namespace odin {

namespace {

constexpr int iconLeft = 14;
constexpr int iconPixels = 16;
constexpr int margin = 12;

} // namespace

NavigationButton::NavigationButton(QAction *action, QString icon, QWidget *parent)
    : QPushButton(action->text().remove(u'&'), parent),
      m_icon(std::move(icon)),
      m_shortcut(action->shortcut().toString(QKeySequence::NativeText))
{
    setCheckable(true);
    setChecked(action->isChecked());
    setProperty("role", QStringLiteral("navigation"));
    setAccessibleName(text());
    connect(action, &QAction::toggled, this, &QPushButton::setChecked);
    connect(this, &QPushButton::clicked, action, [this, action] {
        action->trigger();
        setChecked(action->isChecked()); // a click on the page that is shown already changes nothing
    });
}

void NavigationButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    const auto &p = colours();
    QPainter painter(this);
    const auto icon = tintedIcon(m_icon, isChecked() ? p.text : p.muted, iconPixels, devicePixelRatioF());
    painter.drawPixmap(QPointF(iconLeft, (height() - iconPixels) / 2.0), icon);
    auto small = font();
    small.setPixelSize(11);
    small.setWeight(QFont::Normal);
    painter.setFont(small);
    painter.setPen(p.muted);
    painter.drawText(rect().adjusted(0, 0, -margin, 0), Qt::AlignRight | Qt::AlignVCenter, m_shortcut);
}

} // namespace odin
