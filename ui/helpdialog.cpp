#include "ui/helpdialog.h"

#include "ui/widgets/tone.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace odin {

namespace {

constexpr QSize firstSize(760, 620);
constexpr int leftPixels = 170;

QLabel *sentence(const char *role, Tone tone, const QString &text, QWidget *parent)
{
    auto *label = makeLabel(role, tone, parent);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

HelpDialog::HelpDialog(const std::vector<HelpSection> &sections, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(QStringLiteral("Help"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    resize(firstSize);
    auto *area = new QScrollArea(this);
    area->setAccessibleName(QStringLiteral("Help text"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(area);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    for (const auto &section : sections)
        add(section, *column);
    column->addStretch();
    area->setWidget(content);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAccessibleName(QStringLiteral("Close help"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *whole = new QVBoxLayout(this);
    whole->addWidget(area, 1);
    whole->addWidget(buttons);
    area->setFocus(); // arrows and page keys scroll at once
}

void HelpDialog::add(const HelpSection &section, QVBoxLayout &column)
{
    if (!section.title.isEmpty()) {
        auto *title = sentence("value", Tone::Normal, section.title, this);
        title->setContentsMargins(0, 12, 0, 0);
        column.addWidget(title);
    }
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(6);
    rows->setColumnMinimumWidth(0, leftPixels);
    rows->setColumnStretch(1, 1);
    for (const auto &[left, right] : section.rows) {
        const int row = rows->rowCount();
        rows->addWidget(sentence("title", Tone::Normal, left, this), row, 0, Qt::AlignTop);
        rows->addWidget(sentence("body", Tone::Muted, right, this), row, 1);
    }
    column.addLayout(rows);
    if (section.text.isEmpty())
        return;
    column.addWidget(section.isCode ? sentence("code", Tone::Normal, section.text, this)
                                    : sentence("body", Tone::Muted, section.text, this));
}

} // namespace odin
