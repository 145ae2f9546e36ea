#include "ui/widgets/choicebar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace odin {

ChoiceBar::ChoiceBar(const QString &accessibleName, const QStringList &choices, QWidget *parent)
    : QWidget(parent), m_buttons(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const auto &choice : choices) {
        auto *button = new QPushButton(choice, this);
        button->setCheckable(true);
        button->setProperty("role", QStringLiteral("choice"));
        button->setAccessibleName(accessibleName + QStringLiteral(": ") + choice);
        m_buttons->addButton(button, static_cast<int>(m_buttons->buttons().size()));
        layout->addWidget(button);
    }
    choose(0);
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        if (checked)
            Q_EMIT choiceChanged(index);
    });
}

int ChoiceBar::chosen() const { return m_buttons->checkedId(); }

void ChoiceBar::choose(int index)
{
    if (auto *button = m_buttons->button(index))
        button->setChecked(true);
}

} // namespace odin
