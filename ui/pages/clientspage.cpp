#include "ui/pages/clientspage.h"

#include "core/flow/operatorport.h"
#include "ui/models/format.h"
#include "ui/pages/clientcard.h"
#include "ui/pages/clientsdelegate.h"
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
#include <QScrollBar>
#include <QSplitter>

#include <array>
#include <limits>

namespace odin {

namespace {

constexpr std::chrono::milliseconds askAgain{80};
constexpr std::chrono::milliseconds scrolled{20};
constexpr int asksMax = 10; // until the next snapshot comes, which asks anew
constexpr std::array columnWidths{140, 144, 48, 88, 92, 124, 72, 72, 84, 84, 84};

} // namespace

ClientsPage::ClientsPage(OperatorPort &gateway, QWidget *parent)
    : Page(QStringLiteral("Clients"), parent),
      m_gateway(gateway),
      m_count(makeLabel("body", Tone::Muted, this)),
      m_held(makeLabel("caption", Tone::Muted, this)),
      m_filter(new QLineEdit(this)),
      m_said(new Banner(this)),
      m_table(new DataTable(QStringLiteral("Clients"), QStringLiteral("clients/columns"), this)),
      m_empty(makeLabel("body", Tone::Muted, this)),
      m_card(new ClientCard(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_said);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(12);
    splitter->addWidget(makeTable());
    splitter->addWidget(m_card);
    splitter->setStretchFactor(0, 1);
    column->addWidget(splitter, 1);
    prepareCard();
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ClientsPage::ask);
    showWhatThereIs();
}

QLayout *ClientsPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addWidget(m_count);
    row->addStretch();
    m_filter->setPlaceholderText(QStringLiteral("Filter"));
    m_filter->setAccessibleName(QStringLiteral("Show clients with this in their row"));
    m_filter->setToolTip(QStringLiteral("Session, address, user, tokens, mode or state"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(200);
    row->addWidget(m_filter);
    connect(m_filter, &QLineEdit::textChanged, &m_model, &ClientsModel::setFilter);
    return row;
}

QWidget *ClientsPage::makeTable()
{
    auto *card = new Card(QStringLiteral("Connected"), this);
    card->addControl(m_held);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    card->addContent(m_table);
    card->addContent(m_empty);
    m_empty->setAlignment(Qt::AlignCenter);

    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle); // sessions differ at their end
    m_table->setItemDelegate(new ClientsDelegate(m_table));
    m_table->setModel(&m_model);
    m_table->sortByColumn(int(ClientColumn::Since), Qt::AscendingOrder);
    for (int i = 0; i < clientColumnCount; ++i)
        m_table->setColumnWidth(i, columnWidths[std::size_t(i)]);
    m_table->showModel(m_model);
    m_table->setCompletion([this](std::function<void()> ready) { fetchAll(std::move(ready)); });
    connect(m_table, &DataTable::failed, this,
            [this](const QString &problem) { m_said->say(QStringLiteral("Export"), problem, Tone::Bad); });
    connect(m_table, &DataTable::deleteAsked, this, &ClientsPage::askToDisconnect);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &ClientsPage::askSoon);
    connect(&m_model, &ClientsModel::wanted, this, [this] {
        m_asksLeft = asksMax;
        ask();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClientsPage::chosenInTable);
    return card;
}

void ClientsPage::prepareCard()
{
    m_card->hide();
    connect(m_card, &ClientCard::disconnectAsked, this, &ClientsPage::askToDisconnect);
    connect(m_card, &ClientCard::limitAsked, this, &ClientsPage::limit);
    connect(m_card, &ClientCard::closed, this, [this] { choose({}); });
    connect(m_card, &ClientCard::failed, this,
            [this](const QString &problem) { m_said->say(QStringLiteral("Export"), problem, Tone::Bad); });
}

void ClientsPage::present(const SnapshotPtr &, const GatewayHistory &)
{
    m_asksLeft = asksMax;
    ask();
}

// The gateway answers a moment later: so it is asked again, a few times. Nobody looks: nothing is asked.
void ClientsPage::ask()
{
    if (!isVisible())
        return;
    const auto before = m_model.listing();
    take(m_gateway.clients(wanted()));
    askForOne();
    const bool isNew = m_model.listing() != before && m_model.listing()->answers(wanted());
    if (m_asksLeft > 0 && !isNew) {
        --m_asksLeft;
        m_again.start(askAgain);
    }
}

// Not at once: a model that is just being changed may be what scrolls.
void ClientsPage::askSoon()
{
    m_asksLeft = asksMax;
    if (!m_again.isActive() || m_again.remainingTime() > scrolled.count())
        m_again.start(scrolled);
}

// What stands on top stays on top, unless that is the first row.
void ClientsPage::take(const ClientListingPtr &listing)
{
    const int top = firstSeen();
    const auto onTop = top > 0 ? m_model.idAt(top) : QByteArray();
    m_model.setListing(listing);
    if (const int now = m_model.rowOf(onTop); now >= 0 && now != top) {
        auto *bar = m_table->verticalScrollBar();
        m_table->doItemsLayout(); // the bar knows of the rows
        bar->setValue(bar->value() + (now - top) * m_table->verticalHeader()->defaultSectionSize());
    }
    showChoice();
    showWhatThereIs();
    if (m_whenAllAreHere && listing && listing->query.count == std::numeric_limits<int>::max()
        && m_model.listing() == listing)
        std::exchange(m_whenAllAreHere, {})();
}

ClientQuery ClientsPage::wanted() const
{
    auto query = m_model.query(firstSeen(), lastSeen());
    query.rowOrder = isHeld() ? RowOrder::Kept : RowOrder::Live;
    if (m_whenAllAreHere) {
        query.first = 0;
        query.count = std::numeric_limits<int>::max();
        query.anchor.clear();
    }
    return query;
}

// Nothing moves away under the mouse, or while one is gone through with the keyboard.
bool ClientsPage::isHeld() const { return m_table->underMouse() || (m_table->hasFocus() && !m_chosen.isEmpty()); }

int ClientsPage::firstSeen() const { return std::max(0, m_table->rowAt(0)); }

int ClientsPage::lastSeen() const
{
    const int rows = m_table->viewport()->height() / m_table->verticalHeader()->defaultSectionSize();
    return firstSeen() + rows + 1;
}

void ClientsPage::fetchAll(std::function<void()> ready)
{
    m_whenAllAreHere = std::move(ready);
    m_asksLeft = asksMax;
    ask();
}

void ClientsPage::showWhatThereIs()
{
    const auto &listing = m_model.listing();
    const int total = listing ? listing->total : 0;
    const int shown = m_model.rowCount();
    const auto number = [](int count) { return formatCount(quint64(count)); };
    m_count->setText(!listing             ? QString()
                         : shown == total ? QStringLiteral("%1 connected").arg(number(total))
                                          : QStringLiteral("%1 of %2 connected").arg(number(shown), number(total)));
    m_held->setText(isHeld() && m_model.isRestless() ? QStringLiteral("order is kept while you are at it") : QString());
    m_table->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    m_empty->setText(
        !listing ? QStringLiteral("Asking the gateway…")
            : total > 0
            ? QStringLiteral("No client has this in its row.")
            : QStringLiteral("Nobody is connected. Open the page, its address is at the foot of this window."));
}

} // namespace odin
