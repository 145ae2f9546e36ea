// MainWindow: the operator's console: navigation on the left, meters on top, one page, addresses at the foot.
// Thread: main. Owner: main(). Sees the gateway through OperatorPort only, which must outlive it.
#pragma once

#include "ui/models/gatewayhistory.h"
#include "ui/models/sampler.h"

#include <QMainWindow>

class QActionGroup;
class QStackedWidget;
class QVBoxLayout;

namespace odin {

class MeterStrip;
class Page;
class StatusLine;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(OperatorPort &gateway);
    ~MainWindow() override;

protected:
    void changeEvent(QEvent *event) override;
    /// Asks when clients are connected: with the window the gateway ends.
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void layOut();
    QWidget *makeNavigation();
    void addPage(Page *page, const QString &icon);
    void openPage(const QString &title);
    void addMenus();
    void addThemes();
    void restore();
    void remember() const;

    bool isWatched() const { return isVisible() && !isMinimized(); }
    void watchedChanged();
    void take(const SnapshotPtr &snapshot);
    void present();
    bool closingIsMeant();
    void showAbout();

    Sampler m_sampler;
    SnapshotPtr m_snapshot; ///< the newest; null only while the window is made
    GatewayHistory m_history;

    QVBoxLayout *m_navigation = nullptr;
    MeterStrip *m_meters = nullptr;
    QStackedWidget *m_pages = nullptr;
    StatusLine *m_status = nullptr;
    QMenu *m_view = nullptr;
    QActionGroup *m_pageActions = nullptr;
};

} // namespace odin
