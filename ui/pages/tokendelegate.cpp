#include "ui/pages/tokendelegate.h"

#include "ui/models/format.h"
#include "ui/models/simulatedtokensmodel.h"
#include "ui/palette.h"

namespace odin {

namespace {

/// Digits of one width: numbers in a column are compared.
QFont numberFont(QFont font)
{
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")});
    font.setStyleHint(QFont::Monospace);
    return font;
}

Tone toneOf(const QModelIndex &index)
{
    if (index.data(SimulatedTokensModel::PausedRole).toBool())
        return Tone::Muted;
    if (index.column() == SimulatedTokensModel::Age)
        return Tone::Muted;
    if (index.column() != SimulatedTokensModel::Change)
        return Tone::Normal;
    switch (static_cast<Direction>(index.data(SimulatedTokensModel::DirectionRole).toInt())) {
    case Direction::Up: return Tone::Up;
    case Direction::Down: return Tone::Down;
    case Direction::Flat: break;
    }
    return Tone::Muted;
}

} // namespace

void TokenDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->features &= ~QStyleOptionViewItem::HasCheckIndicator; // a ToggleSwitch stands there
    option->palette.setColor(QPalette::Text, colourOf(toneOf(index)));
    if (index.column() == SimulatedTokensModel::Token)
        option->font.setWeight(QFont::DemiBold);
    else
        option->font = numberFont(option->font);
}

} // namespace odin
