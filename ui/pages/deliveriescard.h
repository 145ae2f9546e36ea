// DeliveriesCard: how many updates come in and go out to clients, now and over time.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class TimeChart;

class DeliveriesCard final : public Card
{
    Q_OBJECT
public:
    explicit DeliveriesCard(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot, const GatewayHistory &history, std::chrono::milliseconds window);
    TimeChart *chart() const { return m_chart; }

private:
    QLabel *m_rate;
    QLabel *m_updates;
    QLabel *m_bytes;
    TimeChart *m_chart;
};

} // namespace odin
