// What MainWindow remembers of itself between runs: its place, its page, how its parts share the room.
#include "ui/mainwindow.h"

#include "ui/pages/page.h"
#include "ui/settings.h"
#include "ui/widgets/datatable.h"

#include <QActionGroup>
#include <QSplitter>
#include <QStackedWidget>

namespace odin {

namespace {

constexpr QSize firstSize(1280, 800);
const QString geometryKey = QStringLiteral("window/geometry");
const QString pageKey = QStringLiteral("window/page");

QString splitterKey(const QSplitter &splitter) { return QStringLiteral("window/splitters/") + splitter.objectName(); }

} // namespace

void MainWindow::restore()
{
    resize(firstSize);
    restoreGeometry(consoleSettings().value(geometryKey).toByteArray());
    restorePage();
    restoreSplitters();
}

void MainWindow::restorePage()
{
    const auto title = consoleSettings().value(pageKey).toString();
    const auto actions = m_pageActions->actions();
    for (int index = 0; index < m_pages->count(); ++index) {
        if (m_pages->widget(index)->windowTitle() != title)
            continue;
        m_pages->setCurrentIndex(index);
        actions.at(index)->setChecked(true);
    }
}

/// Those that have an object name.
void MainWindow::restoreSplitters()
{
    for (auto *splitter : m_pages->findChildren<QSplitter *>()) {
        if (splitter->objectName().isEmpty())
            continue;
        m_firstSplits[splitter] = splitter->saveState();
        splitter->restoreState(consoleSettings().value(splitterKey(*splitter)).toByteArray());
    }
}

void MainWindow::remember() const
{
    auto settings = consoleSettings();
    settings.setValue(geometryKey, saveGeometry());
    settings.setValue(pageKey, page()->windowTitle());
    for (auto it = m_firstSplits.cbegin(); it != m_firstSplits.cend(); ++it)
        settings.setValue(splitterKey(*it.key()), it.key()->saveState());
}

void MainWindow::resetLayout()
{
    setWindowState(windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    resize(firstSize);
    for (auto it = m_firstSplits.cbegin(); it != m_firstSplits.cend(); ++it)
        it.key()->restoreState(it.value());
    for (auto *table : m_pages->findChildren<DataTable *>())
        table->resetColumns();
}

} // namespace odin
