#include "ui/pages/clientcard.h"

#include "core/model/limits.h"
#include "ui/models/clientfacts.h"
#include "ui/models/format.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <array>

namespace odin {

namespace {

constexpr int factColumns = 3;
constexpr int factWidth = 120;
constexpr double firstRate = 1;
constexpr std::array frameWidths{100, 68, 64, 88, 64}; // the message takes the rest

QPushButton *smallButton(const QString &text, const QString &accessibleName, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("role", QStringLiteral("small"));
    button->setAccessibleName(accessibleName);
    return button;
}

} // namespace

ClientCard::ClientCard(QWidget *parent)
    : Card(QStringLiteral("Client"), parent),
      m_name(addNumber(Tone::Normal, QString())),
      m_subscription(makeLabel("body", Tone::Normal, this)),
      m_rate(new QDoubleSpinBox(this)),
      m_slowDown(smallButton(QStringLiteral("Slow down"), QStringLiteral("Slow this client down to that rate"), this)),
      m_freely(smallButton(QStringLiteral("Remove limit"), QStringLiteral("Remove this client's limit"), this)),
      m_disconnect(smallButton(QStringLiteral("Disconnect…"), QStringLiteral("Disconnect this client"), this)),
      m_table(new DataTable(QStringLiteral("Last frames"), QStringLiteral("clients/frames"), this)),
      m_noFrames(makeLabel("body", Tone::Muted, this))
{
    addActions();
    m_subscription->setWordWrap(true);
    m_subscription->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addContent(m_subscription, 0);
    auto *row = new QWidget(this);
    auto *columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 4, 0, 0);
    columns->setSpacing(24);
    columns->addWidget(makeFacts(), 0, Qt::AlignTop);
    columns->addWidget(makeFrames(), 1);
    addContent(row);
}

void ClientCard::addActions()
{
    m_rate->setRange(limits::latestHzMin, limits::latestHzMax);
    m_rate->setDecimals(2);
    m_rate->setValue(firstRate);
    m_rate->setSuffix(QStringLiteral(" /s"));
    m_rate->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_rate->setAlignment(Qt::AlignRight);
    m_rate->setAccessibleName(QStringLiteral("Updates a second of each token"));
    m_rate->setToolTip(QStringLiteral("The newest update of each token, at most so often"));
    auto *close = smallButton(QStringLiteral("Close"), QStringLiteral("Close the details of this client"), this);
    for (auto *control :
         {static_cast<QWidget *>(m_rate), static_cast<QWidget *>(m_slowDown), static_cast<QWidget *>(m_freely),
          static_cast<QWidget *>(m_disconnect), static_cast<QWidget *>(close)})
        addControl(control);
    connect(m_slowDown, &QPushButton::clicked, this, [this] { Q_EMIT limitAsked(m_rate->value()); });
    connect(m_freely, &QPushButton::clicked, this, [this] { Q_EMIT limitAsked({}); });
    connect(m_disconnect, &QPushButton::clicked, this, &ClientCard::disconnectAsked);
    connect(close, &QPushButton::clicked, this, &ClientCard::closed);
}

QWidget *ClientCard::makeFacts()
{
    auto *facts = new QWidget(this);
    auto *grid = new QGridLayout(facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    const auto named = factsOf(ClientDetails());
    const int rows = int(named.size() + factColumns - 1) / factColumns;
    for (int i = 0; i < named.size(); ++i) { // down the columns: what belongs together stands together
        auto *cell = new QVBoxLayout;
        cell->setSpacing(0);
        auto *name = makeLabel("caption", Tone::Muted, facts);
        name->setText(named[i].name);
        auto *value = makeLabel("body", Tone::Normal, facts);
        value->setFont(numberFont(value->font()));
        value->setMinimumWidth(factWidth);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        cell->addWidget(name);
        cell->addWidget(value);
        grid->addLayout(cell, i % rows, i / rows);
        m_facts.append(value);
    }
    return facts;
}

QWidget *ClientCard::makeFrames()
{
    m_table->setSortingEnabled(false); // by time, always
    m_table->setWordWrap(false);
    m_table->setModel(&m_frames);
    for (int column = 0; column < int(frameWidths.size()); ++column)
        m_table->setColumnWidth(column, frameWidths[std::size_t(column)]);
    m_table->showModel(m_frames);
    connect(m_table, &DataTable::failed, this, &ClientCard::failed);
    m_noFrames->setAlignment(Qt::AlignCenter);
    m_noFrames->setText(QStringLiteral("No update has gone out to it yet."));
    auto *frames = new QWidget(this);
    auto *column = new QVBoxLayout(frames);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    column->addWidget(m_noFrames);
    showFrames({});
    return frames;
}

void ClientCard::showFrames(const std::vector<SentFrame> &frames)
{
    m_frames.setFrames(frames);
    m_table->setVisible(!frames.empty());
    m_noFrames->setVisible(frames.empty());
}

void ClientCard::choose(const QByteArray &id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_name->setText(QString::fromLatin1(id));
    m_subscription->setText(QStringLiteral("Asking the gateway…"));
    for (auto *fact : m_facts)
        fact->setText(noValue);
    showFrames({});
}

void ClientCard::present(const ClientDetails &client)
{
    const bool canAct = client.isConnected && client.row.state != ClientState::Closing;
    for (auto *control : {m_slowDown, m_disconnect})
        control->setEnabled(canAct);
    m_freely->setEnabled(canAct && client.row.limitHz > 0);
    if (!client.isConnected) { // what was known last stays to be read
        m_subscription->setText(QStringLiteral("This client is not connected any more."));
        return;
    }
    m_subscription->setText(subscriptionOf(client));
    const auto facts = factsOf(client);
    for (qsizetype i = 0; i < facts.size(); ++i)
        m_facts[i]->setText(facts[i].value);
    showFrames(client.lastFrames);
}

} // namespace odin
