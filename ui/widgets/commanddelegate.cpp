#include "ui/widgets/commanddelegate.h"

#include "ui/models/commandlist.h"
#include "ui/palette.h"

#include <QPainter>

namespace odin {

namespace {

constexpr int rowPixels = 30;
constexpr int margin = 10;
constexpr int smallPixels = 11;

} // namespace

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto &p = colours();
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, p.raised);
    const auto title = index.data().toString();
    auto rect = option.rect.adjusted(margin, 0, -margin, 0);
    painter->setPen(p.text);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, title);
    rect.setLeft(rect.left() + option.fontMetrics.horizontalAdvance(title) + margin);
    auto small = option.font;
    small.setPixelSize(smallPixels);
    painter->setFont(small);
    painter->setPen(p.muted);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, index.data(CommandList::ContextRole).toString());
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, index.data(CommandList::ShortcutRole).toString());
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const { return {0, rowPixels}; }

} // namespace odin
