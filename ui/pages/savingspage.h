// SavingsPage: what these users would cost by polling, beside what the push costs, measured now and for many more.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/savingsmodel.h"
#include "ui/pages/page.h"

class QLabel;

namespace odin {

class Banner;
class BarChart;
class Card;
class DataTable;
class SavingsInputs;

class SavingsPage final : public Page
{
    Q_OBJECT
public:
    explicit SavingsPage(QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

    /// Assumptions, measurement and comparison into a file, whole or not at all; a banner says why not.
    bool exportTo(const QString &path);

private:
    QLayout *makeHeading();
    Card *makeChartCard();
    Card *makeTableCard();
    void compare();
    void sayProblem(const QString &problem);
    void askAndExport();

    SavingsModel m_model;
    std::optional<PushMeasured> m_measured;

    Banner *m_problem;
    SavingsInputs *m_inputs;
    BarChart *m_chart;
    QLabel *m_verdict;
    DataTable *m_table;
    QLabel *m_measuredText;
};

} // namespace odin
