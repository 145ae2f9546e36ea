// The part of ClientsPage that deals with the one client that is chosen.
#include "core/flow/operatorport.h"
#include "ui/pages/clientcard.h"
#include "ui/pages/clientspage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace odin {

namespace {

// What was done shows a moment later.
constexpr int asksAfterCommand = 5;

} // namespace

void ClientsPage::choose(const QByteArray &id)
{
    if (id != m_chosen)
        m_said->say({}, {}, Tone::Normal); // it was about another
    m_chosen = id;
    m_card->setVisible(!id.isEmpty());
    if (id.isEmpty())
        m_table->clearSelection();
    else
        m_card->choose(id);
    m_asksLeft = std::max(m_asksLeft, 2);
    ask();
}

void ClientsPage::chosenInTable()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (!m_isShowingChoice && !rows.isEmpty() && m_model.at(rows.front().row()))
        choose(m_model.idAt(rows.front().row()));
}

void ClientsPage::askForOne()
{
    if (m_chosen.isEmpty())
        return;
    if (const auto client = m_gateway.client(m_chosen))
        m_card->present(*client);
}

// A choice is a client, not a row: it goes where its client goes.
void ClientsPage::showChoice()
{
    auto *selection = m_table->selectionModel();
    const int row = m_model.rowOf(m_chosen);
    if (row == (selection->hasSelection() ? selection->currentIndex().row() : -1))
        return;
    m_isShowingChoice = true;
    const int column = std::max(0, selection->currentIndex().column());
    m_table->setAutoScroll(false);
    if (row < 0)
        selection->clearSelection();
    else
        selection->setCurrentIndex(m_model.index(row, column),
                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->setAutoScroll(true);
    m_isShowingChoice = false;
}

void ClientsPage::askToDisconnect()
{
    if (m_chosen.isEmpty())
        return;
    const auto id = m_chosen;
    const auto name = QString::fromLatin1(id);
    auto *question = new QMessageBox(
        QMessageBox::NoIcon, QStringLiteral("Disconnect this client?"),
        QStringLiteral("Disconnect %1? It is told 4006, closed by operator: the page, and others that keep to "
                       "the contract, do not come back by themselves.")
            .arg(name),
        QMessageBox::Cancel, this);
    auto *disconnect = question->addButton(QStringLiteral("Disconnect"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(disconnect, &QPushButton::clicked, this, [this, id, name] {
        m_gateway.disconnectClient(id, told(QStringLiteral("%1 is disconnected.").arg(name)));
    });
    question->open();
}

void ClientsPage::limit(std::optional<double> maxHz)
{
    const auto name = QString::fromLatin1(m_chosen);
    m_gateway.limitClient(
        m_chosen, maxHz,
        told(maxHz
                 ? QStringLiteral("%1 gets the newest of each token, %2 times a second at most.").arg(name).arg(*maxHz)
                 : QStringLiteral("%1 gets what it asks for again.").arg(name)));
}

// The answer comes on a thread of the gateway's, when this page may be gone.
std::function<void(const Result<Done> &)> ClientsPage::told(const QString &done)
{
    return [page = QPointer(this), done](const Result<Done> &result) {
        const bool isDone = result.ok();
        const auto sentence = isDone ? done : result.error().text;
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [page, isDone, sentence] {
                if (!page)
                    return;
                page->m_said->say(isDone ? QStringLiteral("Done") : QStringLiteral("Not done"), sentence,
                                  isDone ? Tone::Accent : Tone::Warning);
                page->m_asksLeft = asksAfterCommand;
                page->ask();
            },
            Qt::QueuedConnection);
    };
}

} // namespace odin
