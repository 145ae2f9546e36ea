// LatencyCard: how late clients get their updates, now and over time.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class LatencyChart;

class LatencyCard final : public Card
{
    Q_OBJECT
public:
    explicit LatencyCard(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot, const GatewayHistory &history, std::chrono::milliseconds window);
    LatencyChart *chart() const { return m_chart; }

private:
    QLabel *m_p50;
    QLabel *m_p99;
    QLabel *m_max;
    LatencyChart *m_chart;
};

} // namespace odin
