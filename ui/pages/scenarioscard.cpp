#include "ui/pages/scenarioscard.h"

#include "core/model/limits.h"
#include "ui/models/simulatorcolumn.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace odin {

struct ScenariosCard::Kind
{
    ScenarioKind kind = ScenarioKind::Halt;
    QString what = {}; ///< for the tool tip
    int seconds = 30;
    QString strengthName = {}; ///< empty: it has none
    QString suffix = {};
    double scale = 1; ///< shown / strength
    double least = 0;
    double most = 0;
    double usual = 0;
};

const std::vector<ScenariosCard::Kind> &ScenariosCard::kinds()
{
    static const std::vector<Kind> kinds{
        {.kind = ScenarioKind::FlashCrash,
         .what = QStringLiteral("The price falls within seconds and wins four fifths of it back"),
         .seconds = 60,
         .strengthName = QStringLiteral("fall"),
         .suffix = QStringLiteral(" %"),
         .scale = 100,
         .least = limits::scenarioFallShareMin,
         .most = limits::scenarioFallShareMax,
         .usual = 0.3},
        {.kind = ScenarioKind::Halt, .what = QStringLiteral("Nothing is published, then it goes on")},
        {.kind = ScenarioKind::Burst,
         .what = QStringLiteral("Trades come many times as often"),
         .seconds = 15,
         .strengthName = QStringLiteral("rate"),
         .suffix = QStringLiteral(" ×"),
         .least = limits::scenarioRateFactorMin,
         .most = limits::scenarioRateFactorMax,
         .usual = 10},
        {.kind = ScenarioKind::StuckFeed,
         .what = QStringLiteral("It goes on at its pace with fresh timestamps, but the price does not move")},
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
    auto *button = new QPushButton(scenarioName(kind.kind), this);
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
    strength->setAccessibleName(QStringLiteral("%1: %2").arg(scenarioName(kind.kind), kind.strengthName));
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
    seconds->setAccessibleName(scenarioName(kind.kind) + QStringLiteral(": seconds"));
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
