#include "ui/pages/simulatordelegate.h"

#include "ui/models/simulatormodel.h"
#include "ui/widgets/toggleswitch.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace odin {

namespace {

using Model = SimulatorModel;

constexpr char filledProperty[] = "filled";

Tone toneAt(const QModelIndex &index)
{
    if (index.column() == Model::Scenario)
        return Tone::Warning;
    if (index.data(Model::PausedRole).toBool() || index.column() == Model::Age)
        return Tone::Muted;
    if (index.column() != Model::Change)
        return Tone::Normal;
    return toneOf(static_cast<Direction>(index.data(Model::DirectionRole).toInt()));
}

bool isToggling(const QEvent &event)
{
    if (event.type() == QEvent::MouseButtonRelease)
        return static_cast<const QMouseEvent &>(event).button() == Qt::LeftButton;
    return event.type() == QEvent::KeyPress && static_cast<const QKeyEvent &>(event).key() == Qt::Key_Space;
}

} // namespace

void SimulatorDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const bool isCurrent = option.state.testFlag(QStyle::State_HasFocus);
    if (index.column() == Model::On) {
        auto state = option.state & (QStyle::State_Enabled | QStyle::State_HasFocus);
        state.setFlag(QStyle::State_On, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        paintSwitch(*painter, option.rect, state);
    } else if (isCurrent) {
        painter->setPen(colours().accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

void SimulatorDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto colour = colourOf(toneAt(index));
    option->features &= ~QStyleOptionViewItem::HasCheckIndicator; // we paint a switch
    option->palette.setColor(QPalette::Text, colour);
    option->palette.setColor(QPalette::HighlightedText, colour);
    if (index.column() == Model::On)
        option->text.clear();
    else if (index.column() == Model::Token)
        option->font.setWeight(QFont::DemiBold);
    else if (index.column() != Model::Scenario)
        option->font = numberFont(option->font);
}

bool SimulatorDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &,
                                    const QModelIndex &index)
{
    if (index.column() != Model::On || !isToggling(*event))
        return false;
    const bool isOn = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, isOn ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

QWidget *SimulatorDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    auto *editor = new QDoubleSpinBox(parent);
    editor->setButtonSymbols(QAbstractSpinBox::NoButtons);
    editor->setFrame(false);
    editor->setAlignment(Qt::AlignRight);
    editor->setDecimals(index.column() <= Model::IntervalMax ? 3 : 2);
    editor->setRange(index.data(Model::LeastRole).toDouble(), index.data(Model::MostRole).toDouble());
    editor->setAccessibleName(index.data(Model::EditorNameRole).toString());
    return editor;
}

void SimulatorDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (editor->property(filledProperty).toBool())
        return;
    editor->setProperty(filledProperty, true);
    static_cast<QDoubleSpinBox *>(editor)->setValue(index.data(Qt::EditRole).toDouble());
}

void SimulatorDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    auto *number = static_cast<QDoubleSpinBox *>(editor);
    number->interpretText();
    model->setData(index, number->value(), Qt::EditRole);
}

} // namespace odin
