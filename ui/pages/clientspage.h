// ClientsPage: every client, who is slow, and what is sent to one; slows one down or disconnects it.
// Only rows that can be seen are fetched, and only while the page can be seen.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/model/result.h"
#include "ui/models/clientsmodel.h"
#include "ui/pages/page.h"

#include <QTimer>

#include <functional>

class QLabel;
class QLineEdit;

namespace odin {

class Banner;
class ClientCard;
class DataTable;
class OperatorPort;

class ClientsPage final : public Page
{
    Q_OBJECT
public:
    explicit ClientsPage(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    QLayout *makeHeading();
    QWidget *makeTable();
    void prepareCard();

    void ask();
    void askSoon();
    void take(const ClientListingPtr &listing);
    void askForOne();
    ClientQuery wanted() const;
    bool isHeld() const;
    int firstSeen() const;
    int lastSeen() const;
    void fetchAll(std::function<void()> ready);
    void showWhatThereIs();

    void choose(const QByteArray &id);
    void chosenInTable();
    void showChoice();
    void askToDisconnect();
    void limit(std::optional<double> maxHz);
    std::function<void(const Result<Done> &)> told(const QString &done);

    OperatorPort &m_gateway;
    ClientsModel m_model;
    QTimer m_again;             // the gateway has not answered yet
    int m_asksLeft = 0;
    QByteArray m_chosen;
    bool m_isShowingChoice = false;
    std::function<void()> m_whenAllAreHere;

    QLabel *m_count;
    QLabel *m_held;
    QLineEdit *m_filter;
    Banner *m_said;
    DataTable *m_table;
    QLabel *m_empty;
    ClientCard *m_card;
};

} // namespace odin
