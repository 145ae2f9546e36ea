#include "ui/pages/clientsdelegate.h"

#include "ui/models/clientsmodel.h"
#include "ui/widgets/tone.h"

namespace odin {

namespace {

Tone toneOf(const QModelIndex &index)
{
    const int state = index.data(ClientsModel::StateRole).toInt();
    if (state < 0 || state == int(ClientState::Closing))
        return Tone::Muted;
    if (index.data(ClientsModel::NotableRole).toBool())
        return Tone::Warning;
    if (ClientColumn(index.column()) != ClientColumn::State)
        return Tone::Normal;
    return state == int(ClientState::Live) ? Tone::Up : Tone::Warning;
}

} // namespace

void ClientsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto colour = colourOf(toneOf(index));
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    option->font = numberFont(option->font);
    option->state &= ~QStyle::State_MouseOver; // rows are chosen, cells are not
}

} // namespace odin
