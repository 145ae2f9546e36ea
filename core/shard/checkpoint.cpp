#include "core/shard/checkpoint.h"

#include "core/shard/credentials.h"

#include <utility>

namespace odin {

std::optional<Turnaway> Checkpoint::arrive(const QHostAddress &address, TicketPtr &ticket)
{
    auto *door = m_guard.door;
    if (!door)
        return {};
    const auto answer = door->arrived(address);
    ticket = std::make_shared<const Ticket>([door, address] { door->left(address); });
    return heed(answer);
}

std::optional<Turnaway> Checkpoint::judge(const RequestHead &head, bool isTls)
{
    return m_guard.door ? heed(m_guard.door->judge(head, isTls)) : std::nullopt;
}

std::optional<Turnaway> Checkpoint::identify(const RequestHead &head, Guest &guest)
{
    if (!m_guard.tokens)
        return {};
    if (const auto token = tokenOf(head, m_guard.tokens->isTakenFromQuery()))
        return logIn(*token, guest);
    return m_guard.tokens->isRequired() ? letInUnknown(guest) : std::nullopt;
}

std::optional<Turnaway> Checkpoint::logIn(QByteArrayView token, Guest &guest, TokenFault *why)
{
    if (const auto no = m_guard.door ? heed(m_guard.door->mayLogIn(guest.address)) : std::nullopt)
        return no;
    auto checked = m_guard.tokens->check(token);
    if (const auto *fault = std::get_if<TokenFault>(&checked)) {
        bump(m_counters.tokenFaults[std::size_t(*fault)]);
        if (m_guard.door)
            m_guard.door->loginFailed(guest.address);
        if (why)
            *why = *fault;
        return Turnaway::WrongToken;
    }
    bump(m_counters.tokensAccepted);
    const auto before = std::exchange(guest.identity, std::make_shared<const Identity>(std::get<Identity>(std::move(checked))));
    const bool isSameUser = before && before->subject == guest.identity->subject; // who renews a token has a place
    return isSameUser ? std::nullopt : letInUser(guest);
}

// In a dry run, the answers that it is for are counted and forgotten.
std::optional<Turnaway> Checkpoint::heed(std::optional<Turnaway> answer)
{
    if (!answer || !m_guard.door->isDryRun())
        return answer;
    bump(m_counters.wouldTurnAway[std::size_t(*answer)]);
    return {};
}

std::optional<Turnaway> Checkpoint::letInUnknown(Guest &guest)
{
    auto *door = m_guard.door;
    if (!door)
        return {};
    const auto answer = door->unknownArrived();
    guest.unknown = std::make_shared<const Ticket>([door] { door->unknownLeft(); });
    return heed(answer);
}

std::optional<Turnaway> Checkpoint::letInUser(Guest &guest)
{
    guest.unknown.reset();
    auto *door = m_guard.door;
    if (!door)
        return {};
    const auto answer = door->userArrived(guest.identity->subject);
    guest.user = std::make_shared<const Ticket>([door, subject = guest.identity->subject] { door->userLeft(subject); });
    return heed(answer);
}

} // namespace odin
