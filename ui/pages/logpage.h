// LogPage: what the gateway says: by severity, searched, followed, saved.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/logmodel.h"
#include "ui/pages/page.h"

class QCheckBox;
class QLineEdit;

namespace odin {

class Banner;
class ChoiceBar;
class DataTable;
class OperatorPort;

class LogPage final : public Page
{
    Q_OBJECT
public:
    explicit LogPage(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    QLayout *makeHeading();
    QWidget *makeCard();
    void follow();

    OperatorPort &m_gateway;
    LogModel m_model;
    LogFilter m_filtered;

    ChoiceBar *m_severity;
    QLineEdit *m_search;
    QCheckBox *m_follow;
    Banner *m_problem;
    DataTable *m_table;
};

} // namespace odin
