// What helps an operator in MainWindow: the command palette, search, help, first steps.
#include "ui/mainwindow.h"

#include "ui/commandpalette.h"
#include "ui/firststeps.h"
#include "ui/helpdialog.h"
#include "ui/pages/page.h"
#include "ui/settings.h"
#include "ui/statusline.h"
#include "ui/windowcommands.h"

#include <QActionGroup>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMenuBar>
#include <QUrl>

#include <algorithm>
#include <iterator>

namespace odin {

/// The first field of the page: each page has at most one for searching or filtering, and it comes first.
void MainWindow::findOnPage()
{
    for (auto *field : page()->findChildren<QLineEdit *>()) {
        if (!field->isVisible() || field->placeholderText().isEmpty())
            continue;
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
        return;
    }
    m_status->say(QStringLiteral("There is nothing to search on this page"));
}

void MainWindow::openPage() const { QDesktopServices::openUrl(QUrl(m_snapshot->addresses.page)); }

std::vector<Command> MainWindow::commands()
{
    std::vector<Command> all;
    const auto append = [&all](std::vector<Command> more) { std::ranges::move(more, std::back_inserter(all)); };
    for (const auto *top : menuBar()->actions()) {
        if (top->menu())
            append(commandsOf(*top->menu(), top->text().remove(u'&')));
    }
    append(commandsOf(*page()));
    append(simulatorCommands(m_gateway, *m_snapshot, [this](const QString &told) { m_status->say(told); }));
    return all;
}

void MainWindow::openPalette() { m_palette->open(commands()); }

HelpFacts MainWindow::helpFacts() const
{
    HelpFacts facts;
    facts.addresses = m_snapshot->addresses;
    facts.settingsFile = m_gateway.settings()->file;
    facts.consoleFile = consoleSettings().fileName();
    for (const auto *action : m_pageActions->actions())
        facts.pages.push_back({action->text().remove(u'&'), action->shortcut().toString(QKeySequence::NativeText)});
    for (const auto *top : menuBar()->actions()) {
        for (const auto *action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty() && action->actionGroup() != m_pageActions)
                facts.actions.push_back(
                    {action->text().remove(u'&'), action->shortcut().toString(QKeySequence::NativeText)});
        }
    }
    return facts;
}

void MainWindow::openHelp()
{
    if (!m_help)
        m_help = new HelpDialog(helpSections(helpFacts()), this);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::greet()
{
    if (FirstSteps::isDue())
        openFirstSteps();
}

void MainWindow::openFirstSteps()
{
    FirstSteps::remember();
    if (!m_firstSteps)
        m_firstSteps = new FirstSteps(this);
    m_firstSteps->present(*m_snapshot);
    m_firstSteps->show();
    m_firstSteps->raise();
    m_firstSteps->activateWindow();
}

} // namespace odin
