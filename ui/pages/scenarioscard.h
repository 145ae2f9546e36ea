// ScenariosCard: a button for each scenario with what it does and for how long, for the tokens that are chosen.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/simulator.h"
#include "ui/widgets/card.h"

class QDoubleSpinBox;
class QGridLayout;
class QPushButton;
class QSpinBox;

namespace odin {

class ScenariosCard final : public Card
{
    Q_OBJECT
public:
    explicit ScenariosCard(QWidget *parent = nullptr);

    void setChosen(const QStringList &tokens);

Q_SIGNALS:
    void scenarioAsked(const odin::Scenario &scenario);
    /// Back to normal.
    void endAsked();

private:
    struct Kind;
    static const std::vector<Kind> &kinds();

    void addKind(QGridLayout &grid, const Kind &kind);
    QDoubleSpinBox *makeStrength(const Kind &kind);
    QSpinBox *makeSeconds(const Kind &kind);

    QLabel *m_chosen;
    std::vector<QPushButton *> m_buttons;
};

} // namespace odin
