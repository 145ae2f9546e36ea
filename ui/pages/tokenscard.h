// TokensCard: a switch for each simulated token, with what it does to the price.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/flow/operatorport.h"
#include "ui/models/simulatedtokensmodel.h"
#include "ui/widgets/card.h"

#include <vector>

class QPushButton;
class QTableView;

namespace odin {

class Banner;
class ToggleSwitch;

class TokensCard final : public Card
{
    Q_OBJECT
public:
    explicit TokensCard(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot);

    /// Scrolls to the row whose switch gets the keyboard.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void prepareTable();
    void makeSwitches();
    void showSwitches();
    /// False when the gateway refused; the card says why.
    bool switchToken(const QByteArray &token, bool on);
    void switchAll();

    OperatorPort &m_gateway;
    SimulatedTokensModel m_model;
    QTableView *m_table;
    QLabel *m_empty;
    Banner *m_problem;
    QPushButton *m_all;
    std::vector<ToggleSwitch *> m_switches; // by row; the table owns them
};

} // namespace odin
