// SimulatedTable: the card of the simulator's tokens: switches, numbers to edit, and the rows that are chosen.
// Thread: main. Owner: the page that shows it, which also owns the model.
#pragma once

#include "ui/models/simulatormodel.h"
#include "ui/widgets/card.h"

class QPushButton;

namespace odin {

class DataTable;

class SimulatedTable final : public Card
{
    Q_OBJECT
public:
    /// The model must outlive the card.
    explicit SimulatedTable(SimulatorModel &model, QWidget *parent = nullptr);

    /// In the order of the rows.
    QList<QByteArray> chosen() const;

Q_SIGNALS:
    void chosenChanged();
    /// What happened and why, in one sentence.
    void exportFailed(const QString &problem);

private:
    void prepareTable();
    void showSwitch();

    SimulatorModel &m_model;
    DataTable *m_table;
    QPushButton *m_all;
};

} // namespace odin
