// LoadTestForm: the plan of a load test, to be filled in; what was started last is remembered.
// Thread: main. Owner: LoadTestPage.
#pragma once

#include "ui/models/capacitysearch.h"
#include "ui/models/loadtestplan.h"
#include "ui/widgets/card.h"

class QHBoxLayout;
class QLineEdit;
class QSpinBox;

namespace odin {

class ChoiceBar;

enum class LoadTestKind { Ramp, Capacity };

class LoadTestForm final : public Card
{
    Q_OBJECT
public:
    explicit LoadTestForm(QWidget *parent = nullptr);

    void setKind(LoadTestKind kind);
    /// The gateway of this console is the target, until another one is typed.
    void offer(const GatewayAddresses &own);

    /// As it is filled in; an error says what is wrong with it.
    Result<LoadTestPlan> plan() const;
    /// Of a search.
    Result<CapacityPlan> search() const;
    void remember() const;

Q_SIGNALS:
    void changed();
    /// Enter was pressed in a field.
    void confirmed();

private:
    QLineEdit *addText(const QString &caption, const QString &accessibleName, int widthPixels);
    QSpinBox *addNumber(const QString &key, const QString &caption, const QString &accessibleName, const QString &unit);
    void place(QWidget *field, const QString &caption);
    void addRows();
    void matchAdmin();
    void restore();

    struct Number
    {
        QString key; // in consoleSettings()
        QSpinBox *box;
    };

    LoadTestKind m_kind = LoadTestKind::Ramp;
    QString m_ownUrl, m_ownAdmin; // as last offered
    QHBoxLayout *m_row = nullptr; // that is being filled
    std::vector<Number> m_numbers;

    QLineEdit *m_url;
    QLineEdit *m_admin;
    QLineEdit *m_ramp;
    QSpinBox *m_first;
    QSpinBox *m_most;
    QSpinBox *m_tolerance;
    QSpinBox *m_hold;
    QSpinBox *m_connects;
    QSpinBox *m_p50;
    QSpinBox *m_p99;
    QSpinBox *m_lost;
    QSpinBox *m_dropped;
    QSpinBox *m_refused;
    ChoiceBar *m_mix;
};

} // namespace odin
