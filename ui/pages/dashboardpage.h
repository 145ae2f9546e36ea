// DashboardPage: what an operator asks in the first three seconds: is it live, how many, how late.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/pages/page.h"

namespace odin {

class Banner;
class ChoiceBar;
class ConnectionsCard;
class DeliveriesCard;
class LatencyCard;
class OperatorPort;
class TokensCard;

class DashboardPage final : public Page
{
    Q_OBJECT
public:
    explicit DashboardPage(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    void layOut();
    QLayout *makeHeading();
    QLayout *makeCards();
    void presentCharts();

    ChoiceBar *m_window; // of time, for all charts
    Banner *m_banner;
    ConnectionsCard *m_connections;
    LatencyCard *m_latency;
    DeliveriesCard *m_deliveries;
    TokensCard *m_tokens;

    // As last presented, for a change of the charts' window
    SnapshotPtr m_snapshot;
    const GatewayHistory *m_history = nullptr;
};

} // namespace odin
