// Page: what fills the window beside the navigation.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"

#include <QWidget>

namespace odin {

class Page : public QWidget
{
    Q_OBJECT
public:
    /// The title stands in the navigation and in the View menu.
    explicit Page(const QString &title, QWidget *parent = nullptr) : QWidget(parent)
    {
        setWindowTitle(title);
        setAccessibleName(title);
    }

    /// Only while the page can be seen, and when it comes into sight.
    virtual void present(const SnapshotPtr &snapshot, const GatewayHistory &history) = 0;

Q_SIGNALS:
    /// The page with this title says more.
    void pageWanted(const QString &title);
};

} // namespace odin
