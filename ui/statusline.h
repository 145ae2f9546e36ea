// StatusLine: where the gateway is reached and what it costs, at the foot of the window.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/model/snapshot.h"

#include <QStatusBar>

class QLabel;
class QPushButton;

namespace odin {

class StatusLine final : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot);

    /// The page's address to the clipboard.
    void copyPage();
    /// What an action has done, for a few seconds.
    void say(const QString &sentence);

private:
    QLabel *m_pageCaption;
    QPushButton *m_page;
    QLabel *m_pageHint;
    QLabel *m_admin;
    QLabel *m_bus;
    QLabel *m_cost;
};

} // namespace odin
