// SavingsInputs: the assumptions of the savings page as fields to be changed, remembered between runs.
// Thread: main. Owner: SavingsPage.
#pragma once

#include "ui/models/savings.h"
#include "ui/widgets/card.h"

#include <vector>

class QDoubleSpinBox;
class QGridLayout;

namespace odin {

struct SavingsInput;

class SavingsInputs final : public Card
{
    Q_OBJECT
public:
    explicit SavingsInputs(QWidget *parent = nullptr);

    const SavingsAssumptions &assumed() const { return m_assumed; }

Q_SIGNALS:
    void changed();

private:
    void addInput(const SavingsInput &input, QGridLayout *grid);
    void take(std::size_t index, double value);
    void restoreDefaults();

    SavingsAssumptions m_assumed;
    std::vector<QDoubleSpinBox *> m_fields; // in the order of savingsInputs()
};

} // namespace odin
