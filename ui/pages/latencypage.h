// LatencyPage: where the time goes, from the publisher to the client: each part of the way, and the whole.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/latencystages.h"
#include "ui/pages/page.h"

class QLabel;

namespace odin {

class Banner;
class BarChart;
class Card;
class ChoiceBar;
class DataTable;

class LatencyPage final : public Page
{
    Q_OBJECT
public:
    explicit LatencyPage(QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    QLayout *makeHeading();
    Card *makeChartCard();
    Card *makeTableCard();
    void presentWindow();

    LatencyStagesModel m_model;
    ChoiceBar *m_window; // of time
    Banner *m_problem;
    BarChart *m_chart;
    DataTable *m_table;
    QLabel *m_note;

    // As last presented, for a change of the window
    SnapshotPtr m_snapshot;
    const GatewayHistory *m_history = nullptr;
};

} // namespace odin
