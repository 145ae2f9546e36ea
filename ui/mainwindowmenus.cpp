// The menus of MainWindow and the few questions it asks.
#include "ui/mainwindow.h"

#include "ui/models/format.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QActionGroup>
#include <QMenuBar>
#include <QMessageBox>

namespace odin {

namespace {

const QString themeKey = QStringLiteral("theme");

void chooseTheme(ThemeChoice choice)
{
    applyTheme(choice);
    consoleSettings().setValue(themeKey, themeName(choice));
}

/// What the operator chose in an earlier run wins over what the program starts with.
void restoreTheme()
{
    const auto remembered = consoleSettings().value(themeKey).toString();
    if (!remembered.isEmpty() && themeNamed(remembered) != currentTheme())
        applyTheme(themeNamed(remembered));
}

} // namespace

void MainWindow::addMenus()
{
    auto *file = menuBar()->addMenu(QStringLiteral("&File"));
    auto *quit = file->addAction(QStringLiteral("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);

    m_view = menuBar()->addMenu(QStringLiteral("&View"));
    addThemes();
    m_view->addSeparator();
    m_pageActions = new QActionGroup(this);

    auto *help = menuBar()->addMenu(QStringLiteral("&Help"));
    help->addAction(QStringLiteral("&About Odin Console"), this, &MainWindow::showAbout)
        ->setMenuRole(QAction::AboutRole);
}

void MainWindow::addThemes()
{
    restoreTheme();
    auto *group = new QActionGroup(this);
    const auto add = [&](const QString &text, ThemeChoice choice) {
        auto *action = group->addAction(text);
        action->setCheckable(true);
        action->setChecked(choice == currentTheme());
        connect(action, &QAction::triggered, this, [choice] { chooseTheme(choice); });
        m_view->addAction(action);
    };
    add(QStringLiteral("&Dark theme"), ThemeChoice::Dark);
    add(QStringLiteral("&Light theme"), ThemeChoice::Light);
    add(QStringLiteral("&System theme"), ThemeChoice::System);
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
    QMessageBox::about(
        this, QStringLiteral("About Odin Console"),
        QStringLiteral("Odin Console %1\n\nReal-time prices from NATS to browsers.\nGPL-3.0-or-later. Qt %2.")
            .arg(QStringLiteral(ODIN_VERSION), QString::fromLatin1(qVersion())));
}

} // namespace odin
