#include "ui/pages/simulatedtable.h"

#include "ui/pages/simulatordelegate.h"
#include "ui/widgets/datatable.h"

#include <QHeaderView>
#include <QMenu>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace odin {

namespace {

using Model = SimulatorModel;

constexpr std::pair<Model::Column, int> widths[] = {
    {Model::On, 44},          {Model::Token, 64},       {Model::Price, 88},      {Model::Change, 92}, {Model::Age, 56},
    {Model::IntervalMin, 64}, {Model::IntervalMax, 64}, {Model::Volatility, 70}, {Model::Drift, 54},
};

} // namespace

SimulatedTable::SimulatedTable(SimulatorModel &model, QWidget *parent)
    : Card(QStringLiteral("Tokens"), parent),
      m_model(model),
      m_table(new DataTable(QStringLiteral("Tokens of the simulator"), QStringLiteral("simulator/columns"), this)),
      m_all(new QPushButton(this))
{
    auto *menu = new QPushButton(QStringLiteral("Table"), this);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setMenu(m_table->menu());
    m_all->setProperty("role", QStringLiteral("small"));
    addControl(m_all);
    addControl(menu);
    prepareTable();
    addContent(m_table);
    connect(m_all, &QPushButton::clicked, this, [this] { m_model.switchAll(m_model.countOn() == 0); });
    connect(&m_model, &Model::modelReset, this, &SimulatedTable::showSwitch);
    connect(&m_model, &Model::dataChanged, this, &SimulatedTable::showSwitch);
    connect(m_table, &DataTable::failed, this, &SimulatedTable::exportFailed);
    showSwitch();
}

void SimulatedTable::prepareTable()
{
    m_table->setSortingEnabled(false); // rows stay where a hand is going to
    m_table->setItemDelegate(new SimulatorDelegate(m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->horizontalHeader()->setMinimumSectionSize(40);
    m_table->setModel(&m_model); // the header has its sections now: widths of ours, then those that are remembered
    for (const auto &[column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->showModel(m_model);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SimulatedTable::chosenChanged);
    connect(&m_model, &Model::modelReset, this, &SimulatedTable::chosenChanged);
}

QList<QByteArray> SimulatedTable::chosen() const
{
    QList<int> rows;
    for (const auto &index : m_table->selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    QList<QByteArray> tokens;
    for (const int row : rows)
        tokens.append(m_model.tokenAt(row));
    return tokens;
}

void SimulatedTable::showSwitch()
{
    m_all->setText(m_model.countOn() > 0 ? QStringLiteral("All off") : QStringLiteral("All on"));
    m_all->setVisible(m_model.rowCount() > 0);
}

} // namespace odin
