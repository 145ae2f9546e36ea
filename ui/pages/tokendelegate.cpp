#include "ui/pages/tokendelegate.h"

#include "ui/models/format.h"
#include "ui/models/simulatedtokensmodel.h"
#include "ui/palette.h"
#include "ui/widgets/tone.h"

namespace odin {

namespace {

Tone toneOf(const QModelIndex &index)
{
    if (index.data(SimulatedTokensModel::PausedRole).toBool())
        return Tone::Muted;
    if (index.column() == SimulatedTokensModel::Age)
        return Tone::Muted;
    if (index.column() != SimulatedTokensModel::Change)
        return Tone::Normal;
    return toneOf(static_cast<Direction>(index.data(SimulatedTokensModel::DirectionRole).toInt()));
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
