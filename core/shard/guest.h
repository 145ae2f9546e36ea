// Guest: what the door found out about somebody whom it lets in. Values; any thread.
#pragma once

#include "core/model/identity.h"
#include "core/shard/ticket.h"
#include "core/wire/command.h"

#include <QHostAddress>

namespace odin {

class InboundWatch;

struct Guest
{
    QHostAddress address; ///< the client's own, also behind a balancer
    quint16 port = 0;
    TokenSelection selection; ///< of ?tokens=; nothing selected when the query named none
    IdentityPtr identity; ///< null: no token was shown at the door
    InboundWatch *inbound = nullptr; ///< of its socket, and as long as it lives
    TicketPtr unknown; ///< while it is one of those who have shown no token and need one: reset it when that ends
    TicketPtr user; ///< of its place among the connections of this user
};

} // namespace odin
