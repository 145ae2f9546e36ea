// ListingCard: a token that was never there before, and its first price.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/simulator.h"
#include "ui/widgets/card.h"

class QLineEdit;

namespace odin {

class ListingCard final : public Card
{
    Q_OBJECT
public:
    explicit ListingCard(QWidget *parent = nullptr);

    /// The token is listed: room for the next.
    void clear();

Q_SIGNALS:
    void listingAsked(const odin::ListToken &listing);

private:
    void ask();

    QLineEdit *m_token;
    QLineEdit *m_price;
};

} // namespace odin
