#include "ui/pages/eventsdelegate.h"

#include "ui/models/eventsmodel.h"
#include "ui/widgets/tone.h"

#include <array>

namespace odin {

void EventsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    static constexpr std::array tones{Tone::Normal, Tone::Up, Tone::Warning, Tone::Bad}; // of EventTone
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isTime = index.column() == EventsModel::Time;
    const auto tone = static_cast<std::size_t>(index.data(EventsModel::ToneRole).toInt());
    const auto colour = colourOf(isTime ? Tone::Muted : tones[tone]);
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (isTime)
        option->font = numberFont(option->font);
}

} // namespace odin
