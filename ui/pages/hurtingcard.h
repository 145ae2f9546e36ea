// HurtingCard: one row that says who gets less than it should: slow and resuming clients, silent tokens, what was lost.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayhistory.h"
#include "ui/widgets/card.h"

namespace odin {

class HurtingCard final : public Card
{
    Q_OBJECT
public:
    explicit HurtingCard(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot, const GatewayHistory &history);

private:
    QLabel *addFigure(const QString &widest, const QString &meaning);

    QLabel *m_slow;
    QLabel *m_resuming;
    QLabel *m_closed;
    QLabel *m_replaced;
    QLabel *m_silent;
    QLabel *m_lost;
};

} // namespace odin
