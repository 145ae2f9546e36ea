// MainWindow: the operator's console: navigation on the left, meters on top, one page, addresses at the foot.
// Thread: main. Owner: main(). Sees the gateway through OperatorPort only, which must outlive it.
#pragma once

#include "ui/models/gatewayhistory.h"
#include "ui/models/sampler.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

class QActionGroup;
class QSplitter;
class QStackedWidget;
class QVBoxLayout;

namespace odin {

class CommandPalette;
class FirstSteps;
class HelpDialog;
class MeterStrip;
class Page;
class StatusLine;
class Tray;
struct Command;
struct HelpFacts;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(OperatorPort &gateway);
    ~MainWindow() override;

    /// At the first start: opens what a new operator needs.
    void greet();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    /// Asks when clients are connected: with the window the gateway ends.
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void layOut();
    QWidget *makeNavigation();
    void addPage(Page *page, const QString &icon);
    void turnTo(const QString &title);
    void addMenus();
    void addThemes();
    void showTheme();
    void addGatewayMenu();
    void addHelpMenu();
    void addTray();
    void restore();
    void remember() const;
    void restorePage();
    void restoreSplitters();
    void resetLayout();

    bool isWatched() const { return isVisible() && !isMinimized(); }
    void watchedChanged();
    void take(const SnapshotPtr &snapshot);
    void present();
    bool closingIsMeant();
    void showAbout();

    Page *page() const;
    void findOnPage();
    void openPage() const;
    std::vector<Command> commands();
    void openPalette();
    HelpFacts helpFacts() const;
    void openHelp();
    void openFirstSteps();

    OperatorPort &m_gateway;
    Sampler m_sampler;
    SnapshotPtr m_snapshot; ///< the newest; null only while the window is made
    GatewayHistory m_history;

    QVBoxLayout *m_navigation = nullptr;
    MeterStrip *m_meters = nullptr;
    QStackedWidget *m_pages = nullptr;
    StatusLine *m_status = nullptr;
    QMenu *m_view = nullptr;
    QActionGroup *m_pageActions = nullptr;
    QActionGroup *m_themeActions = nullptr;
    QAction *m_copyPage = nullptr;
    QHash<QSplitter *, QByteArray> m_firstSplits; // before anything was remembered

    CommandPalette *m_palette = nullptr;
    Tray *m_tray = nullptr;
    QPointer<HelpDialog> m_help;
    QPointer<FirstSteps> m_firstSteps;
};

} // namespace odin
