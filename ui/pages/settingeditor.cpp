#include "ui/pages/settingeditor.h"

#include "ui/models/settingsmodel.h"
#include "ui/widgets/tone.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace odin {

SettingEditor::SettingEditor(QWidget *parent)
    : QWidget(parent),
      m_title(makeLabel("title", Tone::Normal, this)),
      m_advice(makeLabel("body", Tone::Muted, this)),
      m_text(new QLineEdit(this)),
      m_choice(new QComboBox(this)),
      m_save(new QPushButton(QStringLiteral("Save"), this)),
      m_reset(new QPushButton(QStringLiteral("Use default"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_title);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_choice);
    row->addWidget(m_save);
    row->addWidget(m_reset);
    row->addStretch();
    column->addLayout(row);
    m_text->setMinimumWidth(360);
    m_title->setWordWrap(true);
    m_advice->setWordWrap(true);
    column->addWidget(m_advice);
    connect(m_text, &QLineEdit::returnPressed, this, &SettingEditor::ask);
    connect(m_save, &QPushButton::clicked, this, &SettingEditor::ask);
    connect(m_reset, &QPushButton::clicked, this, [this] { Q_EMIT changeAsked(m_name, {}); });
    show(nullptr);
}

void SettingEditor::show(const SettingRow *row)
{
    const bool canChange = row && row->lockedBy.isEmpty();
    const bool hasWords = row && !row->choices.isEmpty();
    m_title->setText(row ? row->name + QStringLiteral(": ") + row->meaning
                         : QStringLiteral("Choose a setting to change it."));
    m_advice->setText(row ? settingAdvice(*row) : QString());
    m_text->setVisible(canChange && !hasWords);
    m_choice->setVisible(canChange && hasWords);
    m_save->setVisible(canChange);
    m_reset->setVisible(canChange && row->isKept);
    const auto name = row ? row->name : QString();
    if (name == std::exchange(m_name, name) || !row)
        return;
    const auto value = row->upcoming.value_or(row->value);
    m_text->setText(value);
    m_choice->clear();
    m_choice->addItems(row->choices);
    m_choice->setCurrentText(value);
    m_text->setAccessibleName(QStringLiteral("Value of %1").arg(name));
    m_choice->setAccessibleName(m_text->accessibleName());
    m_save->setAccessibleName(QStringLiteral("Save %1").arg(name));
    m_reset->setAccessibleName(QStringLiteral("Use the default of %1").arg(name));
}

void SettingEditor::takeFocus()
{
    if (m_text->isVisible()) {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    } else if (m_choice->isVisible()) {
        m_choice->setFocus(Qt::ShortcutFocusReason);
    }
}

QString SettingEditor::typed() const { return m_choice->count() > 0 ? m_choice->currentText() : m_text->text(); }

void SettingEditor::ask()
{
    if (!m_name.isEmpty())
        Q_EMIT changeAsked(m_name, typed());
}

} // namespace odin
