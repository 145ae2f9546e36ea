#include "ui/widgets/tone.h"

#include <QLabel>
#include <QStyle>
#include <QVariant>

#include <array>

namespace odin {

Tone toneOf(Direction direction)
{
    switch (direction) {
    case Direction::Up: return Tone::Up;
    case Direction::Down: return Tone::Down;
    case Direction::Flat: break;
    }
    return Tone::Muted;
}

QFont numberFont(QFont font)
{
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")});
    font.setStyleHint(QFont::Monospace);
    return font;
}

void setTone(QWidget *widget, Tone tone)
{
    static constexpr std::array names{"normal", "muted", "accent", "up", "down", "warning", "bad"};
    const auto name = QString::fromLatin1(names[static_cast<std::size_t>(tone)]);
    if (widget->property("tone") == name)
        return; // polishing anew is not for free
    widget->setProperty("tone", name);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QLabel *makeLabel(const char *role, Tone tone, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // what it shows may come from outside
    label->setProperty("role", QString::fromLatin1(role));
    setTone(label, tone);
    return label;
}

void reserve(QLabel *label, const QString &widest)
{
    label->ensurePolished();
    label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest) + 1);
}

} // namespace odin
