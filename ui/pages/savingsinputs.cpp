#include "ui/pages/savingsinputs.h"

#include "core/model/limits.h"
#include "ui/models/savingsmodel.h"
#include "ui/settings.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

namespace odin {

namespace {

constexpr int fieldWidth = 120;

QString keyOf(std::size_t index) { return QStringLiteral("savings/") + savingsInputs()[index].name.simplified(); }

double largestOf(const SavingsInput &input)
{
    return input.number == &SavingsAssumptions::emptyPercent ? 100 : limits::savingsInputMax;
}

} // namespace

SavingsInputs::SavingsInputs(QWidget *parent) : Card(QStringLiteral("Assumptions"), parent)
{
    auto *defaults = new QPushButton(QStringLiteral("Defaults"), this);
    defaults->setProperty("role", QStringLiteral("small"));
    defaults->setAccessibleName(QStringLiteral("Set all assumptions back to their defaults"));
    connect(defaults, &QPushButton::clicked, this, &SavingsInputs::restoreDefaults);
    addControl(defaults);
    auto *fields = new QWidget(this);
    auto *grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    QString source;
    for (const auto &input : savingsInputs()) {
        if (input.source != source) { // a heading above those of one source
            source = input.source;
            auto *heading = makeLabel("caption", Tone::Muted, fields);
            heading->setText(source.at(0).toUpper() + source.mid(1));
            grid->addWidget(heading, grid->rowCount(), 0, 1, 2);
        }
        addInput(input, grid);
    }
    grid->setRowStretch(grid->rowCount(), 1);
    addContent(fields);
}

void SavingsInputs::addInput(const SavingsInput &input, QGridLayout *grid)
{
    const auto index = m_fields.size();
    auto *field = new QDoubleSpinBox(this);
    field->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    field->setGroupSeparatorShown(true);
    field->setDecimals(input.decimals);
    field->setRange(0, largestOf(input));
    field->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys do the same
    field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    field->setAlignment(Qt::AlignRight);
    field->setFixedWidth(fieldWidth);
    field->setKeyboardTracking(false); // a number that is half typed is none
    if (input.unit == QStringLiteral("$"))
        field->setPrefix(QStringLiteral("$ "));
    else if (!input.unit.isEmpty())
        field->setSuffix(u' ' + input.unit);
    field->setAccessibleName(input.name);
    field->findChild<QLineEdit *>()->setAccessibleName(input.name); // what has the keyboard within
    field->setAccessibleDescription(QStringLiteral("Assumption, ") + input.source);
    field->setToolTip(field->accessibleDescription());
    field->setValue(consoleSettings().value(keyOf(index), m_assumed.*input.number).toDouble());
    m_assumed.*input.number = field->value();
    connect(field, &QDoubleSpinBox::valueChanged, this, [this, index](double value) { take(index, value); });
    auto *name = makeLabel("body", Tone::Normal, this);
    name->setText(input.name);
    name->setBuddy(field);
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1);
    m_fields.push_back(field);
}

void SavingsInputs::take(std::size_t index, double value)
{
    m_assumed.*savingsInputs()[index].number = value;
    consoleSettings().setValue(keyOf(index), value);
    Q_EMIT changed();
}

void SavingsInputs::restoreDefaults()
{
    for (std::size_t index = 0; index < m_fields.size(); ++index)
        m_fields[index]->setValue(SavingsAssumptions().*savingsInputs()[index].number);
}

} // namespace odin
