// DashboardPage: what an operator asks in the first three seconds: is it live, how many, how late, who is hurting.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/pages/page.h"

namespace odin {

class Banner;
class ChoiceBar;
class ConnectionsCard;
class DeliveriesCard;
class EventsCard;
class HurtingCard;
class LatencyCard;
class LoadCard;
class OperatorPort;
class TimeChart;
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
    void tellOfExports();
    void presentCharts();

    OperatorPort &m_gateway;
    ChoiceBar *m_window; // of time, for all charts
    Banner *m_banner;
    Banner *m_problem;
    HurtingCard *m_hurting;
    ConnectionsCard *m_connections;
    LatencyCard *m_latency;
    DeliveriesCard *m_deliveries;
    LoadCard *m_load;
    EventsCard *m_events;
    TokensCard *m_tokens;

    // As last presented, for a change of the charts' window
    SnapshotPtr m_snapshot;
    const GatewayHistory *m_history = nullptr;
};

} // namespace odin
