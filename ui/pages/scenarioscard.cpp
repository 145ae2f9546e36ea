#include "ui/pages/scenarioscard.h"

#include "core/model/limits.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace odin {

struct ScenariosCard::Kind
{
    ScenarioKind kind;
    QString name;
    QString what; ///< for the tool tip
    QString strengthName; ///< empty: it has none
    QString suffix;
    double scale; ///< shown / strength
    double least, most, usual;
    int seconds;
};

const std::vector<ScenariosCard::Kind> &ScenariosCard::kinds()
{
    static const std::vector<Kind> kinds{
        {ScenarioKind::FlashCrash, QStringLiteral("Flash crash"),
         QStringLiteral("The price falls within seconds and wins four fifths of it back"), QStringLiteral("fall"),
         QStringLiteral(" %"), 100, limits::scenarioFallShareMin, limits::scenarioFallShareMax, 0.3, 60},
        {ScenarioKind::Halt,
         QStringLiteral("Halt"),
         QStringLiteral("Nothing is published, then it goes on"),
         {},
         {},
         1,
         0,
         0,
         0,
         30},
        {ScenarioKind::Burst, QStringLiteral("Burst"), QStringLiteral("Trades come many times as often"),
         QStringLiteral("rate"), QStringLiteral(" ×"), 1, limits::scenarioRateFactorMin, limits::scenarioRateFactorMax,
         10, 15},
        {ScenarioKind::StuckFeed,
         QStringLiteral("Stuck feed"),
         QStringLiteral("It goes on at its pace with fresh timestamps, but the price does not move"),
         {},
         {},
         1,
         0,
         0,
         0,
         30},
    };
    return kinds;
}

ScenariosCard::ScenariosCard(QWidget *parent)
    : Card(QStringLiteral("Scenarios"), parent), m_chosen(makeLabel("body", Tone::Muted, this))
{
    auto *end = new QPushButton(QStringLiteral("Back to normal"), this);
    end->setProperty("role", QStringLiteral("small"));
    end->setToolTip(QStringLiteral("Ends what runs; the price stays where it is"));
    connect(end, &QPushButton::clicked, this, &ScenariosCard::endAsked);
    addControl(end);
    addContent(m_chosen, 0);
    auto *rows = new QWidget(this);
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setSpacing(8);
    grid->setColumnStretch(0, 1);
    for (const auto &kind : kinds())
        addKind(*grid, kind);
    m_buttons.push_back(end);
    addContent(rows, 0);
    setChosen({});
}

void ScenariosCard::addKind(QGridLayout &grid, const Kind &kind)
{
    auto *button = new QPushButton(kind.name, this);
    button->setToolTip(kind.what);
    auto *strength = kind.strengthName.isEmpty() ? nullptr : makeStrength(kind);
    auto *seconds = makeSeconds(kind);
    const int row = grid.rowCount();
    grid.addWidget(button, row, 0);
    if (strength)
        grid.addWidget(strength, row, 1);
    grid.addWidget(seconds, row, 2);
    connect(button, &QPushButton::clicked, this, [this, strength, seconds, what = kind.kind, scale = kind.scale] {
        Q_EMIT scenarioAsked({.kind = what,
                              .duration = std::chrono::seconds(seconds->value()),
                              .strength = strength ? strength->value() / scale : 0});
    });
    m_buttons.push_back(button);
}

QDoubleSpinBox *ScenariosCard::makeStrength(const Kind &kind)
{
    auto *strength = new QDoubleSpinBox(this);
    strength->setButtonSymbols(QAbstractSpinBox::NoButtons);
    strength->setAlignment(Qt::AlignRight);
    strength->setDecimals(0);
    strength->setRange(kind.least * kind.scale, kind.most * kind.scale);
    strength->setValue(kind.usual * kind.scale);
    strength->setSuffix(kind.suffix);
    strength->setAccessibleName(QStringLiteral("%1: %2").arg(kind.name, kind.strengthName));
    return strength;
}

QSpinBox *ScenariosCard::makeSeconds(const Kind &kind)
{
    using Seconds = std::chrono::seconds;
    auto *seconds = new QSpinBox(this);
    seconds->setButtonSymbols(QAbstractSpinBox::NoButtons);
    seconds->setAlignment(Qt::AlignRight);
    seconds->setRange(static_cast<int>(std::chrono::duration_cast<Seconds>(limits::scenarioMsMin).count()),
                      static_cast<int>(std::chrono::duration_cast<Seconds>(limits::scenarioMsMax).count()));
    seconds->setValue(kind.seconds);
    seconds->setSuffix(QStringLiteral(" s"));
    seconds->setAccessibleName(kind.name + QStringLiteral(": seconds"));
    return seconds;
}

void ScenariosCard::setChosen(const QStringList &tokens)
{
    constexpr int named = 3;
    auto text = QStringLiteral("Choose tokens in the table.");
    if (!tokens.isEmpty())
        text = QStringLiteral("For ") + tokens.mid(0, named).join(QStringLiteral(", "));
    if (tokens.size() > named)
        text += QStringLiteral(" and %1 more").arg(tokens.size() - named);
    m_chosen->setText(text);
    for (auto *button : m_buttons)
        button->setEnabled(!tokens.isEmpty());
}

} // namespace odin
