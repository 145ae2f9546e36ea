#include "ui/pages/loadtestdelegate.h"

#include "ui/models/loadteststeps.h"
#include "ui/widgets/tone.h"

#include <array>

namespace odin {

void LoadTestDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    static constexpr std::array tones{Tone::Muted, Tone::Up, Tone::Bad, Tone::Warning}; // by LoadTestVerdict
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isVerdict = index.column() == LoadTestSteps::Verdict;
    const auto verdict = static_cast<std::size_t>(index.data(LoadTestSteps::VerdictRole).toInt());
    const auto colour = colourOf(isVerdict ? tones[verdict] : Tone::Normal);
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (isVerdict)
        option->font.setWeight(QFont::DemiBold);
    else
        option->font = numberFont(option->font);
}

} // namespace odin
