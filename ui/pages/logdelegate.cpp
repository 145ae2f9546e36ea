#include "ui/pages/logdelegate.h"

#include "ui/models/logmodel.h"
#include "ui/widgets/tone.h"

#include <array>

namespace odin {

void LogDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    static constexpr std::array tones{Tone::Muted, Tone::Normal, Tone::Warning, Tone::Bad};
    QStyledItemDelegate::initStyleOption(option, index);
    const bool muted = index.column() == LogModel::Time || index.column() == LogModel::Category;
    const auto severity = static_cast<std::size_t>(index.data(LogModel::SeverityRole).toInt());
    const auto colour = colourOf(muted ? Tone::Muted : tones[severity]);
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    option->font = numberFont(option->font);
}

} // namespace odin
