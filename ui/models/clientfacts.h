// What is to be said of one client, in words: pairs of a name and a value.
// Thread: any. Owner: none, pure functions.
#pragma once

#include "core/model/client.h"

#include <QList>
#include <QString>

namespace odin {

struct ClientFact
{
    QString name;
    QString value;
};

/// Always the same names in the same order.
QList<ClientFact> factsOf(const ClientDetails &client);
/// "BTC, ETH · price, volume", "all tokens but DOGE · price"
QString subscriptionOf(const ClientDetails &client);

} // namespace odin
