// MeterStrip: the lamp and the numbers that never leave the window.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/model/snapshot.h"

#include <QFrame>

class QLabel;

namespace odin {

class Meter;
class StatusLamp;

class MeterStrip final : public QFrame
{
    Q_OBJECT
public:
    explicit MeterStrip(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot);

private:
    Meter *addMeter(const QString &caption, const QString &widestValue);
    QLabel *makeBadge();
    void presentUpstream(const UpstreamStatus &upstream);

    StatusLamp *m_lamp;
    Meter *m_clients;
    Meter *m_updates;
    Meter *m_deliveries;
    Meter *m_latency;
    Meter *m_lost;
    Meter *m_upstream;
    Meter *m_uptime;
    QLabel *m_simulated;
};

} // namespace odin
