#include "ui/pages/pricesdelegate.h"

#include "ui/models/sparkline.h"
#include "ui/models/tokensmodel.h"
#include "ui/widgets/tone.h"

#include <QPainter>

namespace odin {

namespace {

using Model = TokensModel;

constexpr QMarginsF sparkMargins(6, 6, 6, 6);

Tone toneAt(const QModelIndex &index)
{
    if (index.data(Model::StaleRole).toBool())
        return index.column() == Model::Age ? Tone::Warning : Tone::Muted;
    switch (index.column()) {
    case Model::Change:
    case Model::Trend: return toneOf(static_cast<Direction>(index.data(Model::DirectionRole).toInt()));
    case Model::Age: return Tone::Muted;
    default: return Tone::Normal;
    }
}

} // namespace

void PricesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != Model::Trend)
        return;
    const auto line = sparkline(index.data(Model::TrendRole).value<QList<double>>(),
                                QRectF(option.rect).marginsRemoved(sparkMargins));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colourOf(toneAt(index)), 1.25));
    painter->drawPolyline(line);
    painter->restore();
}

void PricesDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto colour = colourOf(toneAt(index));
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (index.column() == Model::Token)
        option->font.setWeight(QFont::DemiBold);
    else
        option->font = numberFont(option->font);
}

} // namespace odin
