// ReturningClient: one client that resumes, and checks what it receives: every update once and in order.
// The stream carries nothing but single price updates here, so the sequence numbers of a client's share are consecutive.
// Thread: the swarm's. Owner: the swarm.
#pragma once

#include "simulator/swarm/connection.h"

#include <optional>
#include <string>

namespace odin::bench {

class ReturningClient final : public swarm::Listener
{
public:
    using Time = std::chrono::steady_clock::time_point;

    void text(std::string_view payload) override;
    /// Has seen everything up to `seq`, and wants what `token` ("*": all) has had since.
    void resume(std::uint64_t seq, std::string_view token);
    /// From now on it names its position whenever it is welcomed.
    void comeBack();

    swarm::Connection connection;
    int failures = 0; ///< tries to connect, since it was open last
    std::optional<Time> returned; ///< its resume was through
    std::uint64_t next = 0; ///< sequence that is expected; 0: any
    std::uint64_t updates = 0;
    std::uint64_t replayed = 0; ///< by its last resume
    std::uint64_t holes = 0; ///< updates that are missing
    std::uint64_t repeats = 0; ///< had before, or older than one before
    std::uint64_t refused = 0; ///< recovered:false

private:
    void take(std::uint64_t seq);
    void through(std::uint64_t seq);
    void ask(std::string_view token);

    std::string m_epoch;
    std::string m_token = "*";
    bool m_comesBack = false;
    bool m_isReplaying = false;
};

} // namespace odin::bench
