#include "ui/mainwindow.h"

#include "ui/commandpalette.h"
#include "ui/firststeps.h"
#include "ui/icons.h"
#include "ui/meterstrip.h"
#include "ui/models/helptext.h"
#include "ui/pages/clientspage.h"
#include "ui/pages/dashboardpage.h"
#include "ui/pages/latencypage.h"
#include "ui/pages/loadtestpage.h"
#include "ui/pages/logpage.h"
#include "ui/pages/pricespage.h"
#include "ui/pages/savingspage.h"
#include "ui/pages/settingspage.h"
#include "ui/pages/simulatorpage.h"
#include "ui/statusline.h"
#include "ui/theme.h"
#include "ui/tray.h"
#include "ui/widgets/navigationbutton.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>

namespace odin {

namespace {

constexpr int navigationWidth = 176;

} // namespace

MainWindow::MainWindow(OperatorPort &gateway) : m_gateway(gateway), m_sampler(gateway, this)
{
    setWindowTitle(QStringLiteral("Odin Console"));
    setWindowIcon(appIcon());
    layOut();
    addMenus();
    addPage(new DashboardPage(gateway), QStringLiteral("dashboard"));
    addPage(new PricesPage, QStringLiteral("prices"));
    addPage(new ClientsPage(gateway), QStringLiteral("clients"));
    addPage(new SimulatorPage(gateway), QStringLiteral("simulator"));
    addPage(new LoadTestPage, QStringLiteral("loadtest"));
    addPage(new LatencyPage, QStringLiteral("latency"));
    addPage(new SavingsPage, QStringLiteral("savings"));
    addPage(new LogPage(gateway), QStringLiteral("log"));
    auto *settings = new SettingsPage(gateway);
    addPage(settings, QStringLiteral("settings"));
    connect(settings, &SettingsPage::layoutResetAsked, this, &MainWindow::resetLayout);
    m_palette = new CommandPalette(this);
    addTray();
    restore();
    connect(&m_sampler, &Sampler::sampled, this, &MainWindow::take);
    m_sampler.sample(); // the window comes with its numbers
}

MainWindow::~MainWindow() { remember(); }

void MainWindow::layOut()
{
    auto *frame = new QWidget(this);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeNavigation());
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_meters = new MeterStrip(frame);
    m_pages = new QStackedWidget(frame);
    column->addWidget(m_meters);
    column->addWidget(m_pages, 1);
    row->addLayout(column, 1);
    setCentralWidget(frame);
    m_status = new StatusLine(this);
    setStatusBar(m_status);
}

QWidget *MainWindow::makeNavigation()
{
    auto *side = new QFrame(this);
    side->setObjectName(QStringLiteral("navigation"));
    side->setAccessibleName(QStringLiteral("Pages"));
    side->setFixedWidth(navigationWidth);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(8, 12, 8, 12);
    m_navigation = new QVBoxLayout;
    m_navigation->setSpacing(2);
    column->addLayout(m_navigation);
    column->addStretch();
    return side;
}

/// A page is reached by its button, by its entry in the View menu, and by Ctrl and its number.
void MainWindow::addPage(Page *page, const QString &icon)
{
    const int index = m_pages->addWidget(page);
    auto *action = m_pageActions->addAction(page->windowTitle());
    action->setCheckable(true);
    action->setChecked(index == 0);
    if (index < 9)
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)));
    connect(action, &QAction::triggered, this, [this, index] {
        m_pages->setCurrentIndex(index);
        present();
    });
    connect(page, &Page::pageWanted, this, &MainWindow::turnTo);
    action->setStatusTip(pagePurpose(page->windowTitle()));
    m_view->addAction(action);
    auto *button = new NavigationButton(action, icon, this);
    button->setToolTip(action->statusTip());
    m_navigation->addWidget(button);
}

void MainWindow::turnTo(const QString &title)
{
    for (auto *action : m_pageActions->actions()) {
        if (action->text() == title)
            action->trigger();
    }
}

void MainWindow::take(const SnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    m_history.append(*snapshot);
    m_tray->present(*snapshot);
    if (isWatched())
        present();
}

Page *MainWindow::page() const { return static_cast<Page *>(m_pages->currentWidget()); }

void MainWindow::present()
{
    m_meters->present(*m_snapshot);
    m_status->present(*m_snapshot);
    if (m_firstSteps)
        m_firstSteps->present(*m_snapshot);
    page()->present(m_snapshot, m_history);
}

void MainWindow::watchedChanged()
{
    m_sampler.setWatched(isWatched() ? Watched::Yes : Watched::No);
    if (!isWatched())
        return;
    m_sampler.sample();
    present();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    watchedChanged();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    watchedChanged();
}

bool MainWindow::event(QEvent *event)
{
    // Later: not while Qt is telling all windows.
    if (event->type() == QEvent::ThemeChange && currentTheme() == ThemeChoice::System)
        QMetaObject::invokeMethod(
            this, [] { applyTheme(currentTheme()); }, Qt::QueuedConnection);
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_themeActions)
        showTheme();
    if (event->type() == QEvent::WindowStateChange)
        watchedChanged();
}

void MainWindow::closeEvent(QCloseEvent *event) { event->setAccepted(closingIsMeant()); }

} // namespace odin
