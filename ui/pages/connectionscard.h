// ConnectionsCard: how many clients are connected, now and over time.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class TimeChart;

class ConnectionsCard final : public Card
{
    Q_OBJECT
public:
    explicit ConnectionsCard(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot, const GatewayHistory &history, std::chrono::milliseconds window);
    TimeChart *chart() const { return m_chart; }

private:
    QLabel *m_clients;
    QLabel *m_sockets;
    TimeChart *m_chart;
};

} // namespace odin
