// PriceCard: the price of one token over time, as far as this console has seen it.
// Thread: main. Owner: PricesPage.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class ChoiceBar;
class TimeChart;

class PriceCard final : public Card
{
    Q_OBJECT
public:
    explicit PriceCard(QWidget *parent = nullptr);

    /// Empty: there is no token.
    void choose(const QByteArray &token);
    const QByteArray &chosen() const { return m_token; }
    void present(const SnapshotPtr &snapshot, const GatewayHistory &history);

    TimeChart *chart() const { return m_chart; }

private:
    void presentChart();

    QByteArray m_token;
    QLabel *m_name;
    QLabel *m_price;
    QLabel *m_change;
    ChoiceBar *m_window;
    TimeChart *m_chart;

    // As last presented, for another token or window
    SnapshotPtr m_snapshot;
    const GatewayHistory *m_history = nullptr;
};

} // namespace odin
