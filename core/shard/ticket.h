// Ticket: a place that somebody has taken, given back when the last copy of its pointer is gone.
// Thread: any, one at a time. Owner: whoever holds a copy.
#pragma once

#include <functional>
#include <memory>

namespace odin {

class Ticket
{
public:
    explicit Ticket(std::function<void()> giveBack) : m_giveBack(std::move(giveBack)) {}
    ~Ticket() { m_giveBack(); }
    Ticket(const Ticket &) = delete;
    Ticket &operator=(const Ticket &) = delete;

private:
    const std::function<void()> m_giveBack;
};

using TicketPtr = std::shared_ptr<const Ticket>;

} // namespace odin
