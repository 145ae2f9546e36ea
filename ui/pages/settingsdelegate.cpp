#include "ui/pages/settingsdelegate.h"

#include "ui/models/settingsmodel.h"
#include "ui/palette.h"
#include "ui/widgets/tone.h"

namespace odin {

namespace {

Tone toneOf(const QModelIndex &index)
{
    switch (index.column()) {
    case SettingsModel::Name: return Tone::Normal;
    case SettingsModel::Value: return index.data(SettingsModel::LockedRole).toBool() ? Tone::Muted : Tone::Normal;
    case SettingsModel::State: return index.data(SettingsModel::PendingRole).toBool() ? Tone::Warning : Tone::Muted;
    default: return Tone::Muted;
    }
}

} // namespace

void SettingsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto colour = colourOf(toneOf(index));
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (index.column() == SettingsModel::Name)
        option->font.setWeight(QFont::DemiBold);
    if (index.column() == SettingsModel::Value || index.column() == SettingsModel::Default)
        option->font = numberFont(option->font);
}

} // namespace odin
