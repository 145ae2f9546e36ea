// The menus of MainWindow and the few questions it asks.
#include "ui/mainwindow.h"

#include "ui/models/format.h"
#include "ui/statusline.h"
#include "ui/theme.h"
#include "ui/tray.h"

#include <QActionGroup>
#include <QMenuBar>
#include <QMessageBox>

#include <array>
#include <utility>

namespace odin {

namespace {

const std::array<std::pair<const char *, ThemeChoice>, 3> themes{
    {{"&Dark theme", ThemeChoice::Dark}, {"&Light theme", ThemeChoice::Light}, {"&System theme", ThemeChoice::System}}};

} // namespace

void MainWindow::addMenus()
{
    auto *file = menuBar()->addMenu(QStringLiteral("&File"));
    file->addAction(QStringLiteral("&Find a command…"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
                    &MainWindow::openPalette);
    file->addAction(QStringLiteral("&Search on this page"), QKeySequence(QKeySequence::Find), this,
                    &MainWindow::findOnPage);
    file->addSeparator();
    auto *quit = file->addAction(QStringLiteral("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
    quit->setMenuRole(QAction::QuitRole);

    m_view = menuBar()->addMenu(QStringLiteral("&View"));
    addThemes();
    m_view->addSeparator();
    m_pageActions = new QActionGroup(this);

    addGatewayMenu();
    addHelpMenu();
}

void MainWindow::addThemes()
{
    restoreTheme();
    m_themeActions = new QActionGroup(this);
    for (const auto &[text, choice] : themes) {
        auto *action = m_themeActions->addAction(QString::fromLatin1(text));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [choice = choice] { chooseTheme(choice); });
        m_view->addAction(action);
    }
    showTheme();
}

/// Also when it was chosen elsewhere.
void MainWindow::showTheme()
{
    for (std::size_t i = 0; i < themes.size(); ++i) {
        if (themes[i].second == currentTheme())
            m_themeActions->actions().at(static_cast<qsizetype>(i))->setChecked(true);
    }
}

void MainWindow::addGatewayMenu()
{
    auto *gateway = menuBar()->addMenu(QStringLiteral("&Gateway"));
    m_copyPage = gateway->addAction(QStringLiteral("&Copy the page's address"),
                                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), m_status, &StatusLine::copyPage);
    gateway->addAction(QStringLiteral("&Open the page in a browser"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                       this, &MainWindow::openPage);
}

void MainWindow::addHelpMenu()
{
    auto *help = menuBar()->addMenu(QStringLiteral("&Help"));
    help->addAction(QStringLiteral("&Help"), QKeySequence(QKeySequence::HelpContents), this, &MainWindow::openHelp);
    help->addAction(QStringLiteral("&First steps"), this, &MainWindow::openFirstSteps);
    help->addSeparator();
    help->addAction(QStringLiteral("&About Odin Console"), this, &MainWindow::showAbout)
        ->setMenuRole(QAction::AboutRole);
}

void MainWindow::addTray()
{
    m_tray = new Tray(*this);
    m_tray->setParent(this);
    m_tray->addAction(m_copyPage);
    connect(m_tray, &Tray::quitAsked, this, [this] {
        show(); // a question belongs to a window that can be seen
        close();
    });
}

bool MainWindow::closingIsMeant()
{
    m_sampler.sample();
    const int clients = m_snapshot->clients;
    if (clients <= 0)
        return true;
    const auto connected = clients == 1 ? QStringLiteral("1 client is")
                                        : formatCount(static_cast<quint64>(clients)) + QStringLiteral(" clients are");
    QMessageBox question(QMessageBox::NoIcon, QStringLiteral("Close Odin Console?"),
                         connected
                             + QStringLiteral(" connected. Closing ends the gateway: no prices until it runs again."),
                         QMessageBox::Close | QMessageBox::Cancel, this);
    question.setDefaultButton(QMessageBox::Cancel);
    return question.exec() == QMessageBox::Close;
}

void MainWindow::showAbout()
{
    auto *about = new QMessageBox(
        QMessageBox::NoIcon, QStringLiteral("About Odin Console"),
        QStringLiteral("Odin Console %1\n\nReal-time prices from NATS to browsers.\nGPL-3.0-or-later. Qt %2.")
            .arg(QStringLiteral(ODIN_VERSION), QString::fromLatin1(qVersion())),
        QMessageBox::Close, this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

} // namespace odin
