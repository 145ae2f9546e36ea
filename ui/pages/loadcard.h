// LoadCard: what the gateway costs its machine: CPU over time, memory now.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class TimeChart;

class LoadCard final : public Card
{
    Q_OBJECT
public:
    explicit LoadCard(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot, const GatewayHistory &history, std::chrono::milliseconds window);
    TimeChart *chart() const { return m_chart; }

private:
    QLabel *m_cpu;
    QLabel *m_memory;
    TimeChart *m_chart;
};

} // namespace odin
