#include "ui/widgets/datatable.h"

#include "ui/models/csv.h"
#include "ui/models/savefile.h"
#include "ui/settings.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace odin {

namespace {

constexpr int rowPixels = 28;

} // namespace

DataTable::DataTable(const QString &accessibleName, QString key, QWidget *parent)
    : QTableView(parent), m_key(std::move(key)), m_menu(new QMenu(this))
{
    setAccessibleName(accessibleName);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false); // Tab leaves the table, arrows move in it
    setShowGrid(false);
    setSortingEnabled(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(rowPixels);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);

    auto *copying = m_menu->addAction(QStringLiteral("Copy as CSV"), this, &DataTable::copy);
    copying->setShortcut(QKeySequence::Copy);
    copying->setShortcutContext(Qt::WidgetShortcut); // to be read in the menu; keyPressEvent() does it
    m_menu->addAction(QStringLiteral("Export as CSV…"), this, &DataTable::askAndExport);
    m_columns = m_menu->addMenu(QStringLiteral("Columns"));
    connect(m_columns, &QMenu::aboutToShow, this, &DataTable::fillColumns);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_menu->popup(viewport()->mapToGlobal(at)); });
}

void DataTable::showModel(QAbstractItemModel &model)
{
    setModel(&model);
    m_firstColumns = horizontalHeader()->saveState();
    horizontalHeader()->restoreState(consoleSettings().value(m_key).toByteArray());
}

void DataTable::resetColumns()
{
    horizontalHeader()->restoreState(m_firstColumns);
    consoleSettings().remove(m_key);
}

// Not in the destructor: the model, and with it what the header knows, may be gone by then.
void DataTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    if (model())
        consoleSettings().setValue(m_key, horizontalHeader()->saveState());
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Delete))
        Q_EMIT deleteAsked();
    else
        QTableView::keyPressEvent(event);
}

QList<int> DataTable::shownColumns() const
{
    QList<int> columns;
    for (int place = 0; place < horizontalHeader()->count(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (!isColumnHidden(column))
            columns.append(column);
    }
    return columns;
}

QString DataTable::csv() const
{
    QList<int> rows;
    for (const auto &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    return csvOf(*model(), shownColumns(), rows);
}

void DataTable::whenComplete(std::function<void()> then)
{
    if (m_completion && !selectionModel()->hasSelection())
        m_completion(std::move(then));
    else
        then();
}

void DataTable::copy()
{
    whenComplete([this] { QGuiApplication::clipboard()->setText(csv()); });
}

bool DataTable::exportTo(const QString &path)
{
    const auto saved = saveFile(path, csv().toUtf8());
    if (!saved)
        Q_EMIT failed(saved.error().text);
    return saved.ok();
}

void DataTable::askAndExport()
{
    const auto path = QFileDialog::getSaveFileName(this, QStringLiteral("Export as CSV"),
                                                   accessibleName().toLower() + QStringLiteral(".csv"),
                                                   QStringLiteral("CSV (*.csv)"));
    if (!path.isEmpty())
        whenComplete([this, path] { exportTo(path); });
}

/// Anew each time: the model may have been given other columns, the header may have moved them.
void DataTable::fillColumns()
{
    m_columns->clear();
    for (int column = 0; column < model()->columnCount(); ++column) {
        auto *action = m_columns->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(isColumnHidden(column) || shownColumns().size() > 1); // one stays, to click on
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
}

} // namespace odin
