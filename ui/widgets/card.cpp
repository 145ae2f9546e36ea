#include "ui/widgets/card.h"

#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace odin {

namespace {

constexpr int titleRowHeight = 24;

} // namespace

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent), m_titleRow(new QHBoxLayout), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(14, 8, 14, 10);
    m_column->setSpacing(4);
    m_column->addLayout(m_titleRow);
    m_titleRow->setSpacing(12);
    m_titleRow->addStrut(titleRowHeight);
    auto *label = makeLabel("title", Tone::Muted, this);
    label->setText(title);
    m_titleRow->addWidget(label);
    m_titleRow->addStretch();
    setAccessibleName(title);
}

QLabel *Card::addNumber(Tone tone, const QString &widest)
{
    auto *label = makeLabel(tone == Tone::Muted ? "body" : "number", tone, this);
    reserve(label, widest);
    m_titleRow->insertWidget(m_titleRow->count() - 1, label);
    return label;
}

void Card::addControl(QWidget *control) { m_titleRow->addWidget(control); }

void Card::addContent(QWidget *content, int stretch) { m_column->addWidget(content, stretch); }

} // namespace odin
