#include "ui/pages/pricespage.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"
#include "ui/pages/pricecard.h"
#include "ui/pages/pricesdelegate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

namespace odin {

PricesPage::PricesPage(QWidget *parent)
    : Page(QStringLiteral("Prices"), parent),
      m_count(makeLabel("body", Tone::Muted, this)),
      m_filter(new QLineEdit(this)),
      m_problem(new Banner(this)),
      m_table(new DataTable(QStringLiteral("Prices"), QStringLiteral("prices/columns"), this)),
      m_empty(makeLabel("body", Tone::Muted, this)),
      m_chart(new PriceCard(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_problem);
    auto *card = new Card(QStringLiteral("Tokens"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    card->addContent(m_table);
    card->addContent(m_empty);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setAccessibleName(QStringLiteral("Table and chart"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(12);
    split->addWidget(card);
    split->addWidget(m_chart);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({300, 260});
    column->addWidget(split, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    prepareTable();
    const auto say = [this](const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); };
    connect(m_table, &DataTable::failed, this, say);
    connect(&m_chart->chart()->tools(), &ChartTools::exported, this, say);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PricesPage::choose);
}

QLayout *PricesPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addWidget(m_count);
    row->addStretch();
    m_filter->setPlaceholderText(QStringLiteral("Filter"));
    m_filter->setAccessibleName(QStringLiteral("Show tokens with this in their name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(200);
    row->addWidget(m_filter);
    connect(m_filter, &QLineEdit::textChanged, this, &PricesPage::filter);
    return row;
}

void PricesPage::prepareTable()
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(TokensModel::SortRole);
    m_sorted.setDynamicSortFilter(false); // rows stay under the cursor until a header is clicked again
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted.setFilterKeyColumn(TokensModel::Token);
    m_table->setItemDelegate(new PricesDelegate(m_table));
    m_table->sortByColumn(TokensModel::Token, Qt::AscendingOrder);
    m_table->showModel(m_sorted);
}

void PricesPage::filter(const QString &text)
{
    m_sorted.setFilterFixedString(text);
    showWhatThereIs();
}

void PricesPage::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_model.setSnapshot(*snapshot, history.prices);
    showWhatThereIs();
    const bool isGone =
        std::ranges::none_of(snapshot->tokens, [this](const TokenRow &row) { return row.token == m_chart->chosen(); });
    if (isGone && !snapshot->tokens.empty()) // until a row is chosen: the first one
        m_chart->choose(snapshot->tokens.front().token);
    m_chart->present(snapshot, history);
}

void PricesPage::choose(const QModelIndex &row)
{
    if (row.isValid())
        m_chart->choose(row.siblingAtColumn(TokensModel::Token).data().toString().toUtf8());
}

void PricesPage::showWhatThereIs()
{
    const int known = m_model.rowCount();
    const int shown = m_sorted.rowCount();
    m_count->setText(shown == known ? QStringLiteral("%1 tokens").arg(known)
                                    : QStringLiteral("%1 of %2 tokens").arg(shown).arg(known));
    m_table->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    m_empty->setText(known > 0 ? QStringLiteral("No token has this in its name.")
                               : QStringLiteral("No price yet: nothing has been published, or NATS is not connected."));
}

} // namespace odin
