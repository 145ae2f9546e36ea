// JetStreamSession: fills the tables at start, then reads the stream in order until something breaks or it is stopped.
// Thread: the feed's control thread. Owner: the feed's worker, for one connection.
#pragma once

#include "core/feed/consumer.h"
#include "core/feed/session.h"
#include "core/feed/stream.h"

#include <optional>
#include <stop_token>

namespace odin {

class JetStreamSession
{
public:
    JetStreamSession(Connection &connection, const FeedConfig &config, SessionContext context);

    /// Nothing when it was asked to stop.
    std::optional<Failure> run(const StreamFacts &facts, std::stop_token stop);

private:
    using Ending = std::optional<Failure>;

    void adopt(const StreamFacts &facts);
    void startOver(const StreamFacts &facts);
    Ending consume(Seq lastSeq, std::stop_token stop);
    bool isLossBefore(Seq seq);
    void take(const natsMsg *message, const Delivery &delivery);
    Ending checkIdle(Consumer &consumer);
    void goLive();
    ConsumerStart mainStart() const;

    Connection &m_connection;
    const FeedConfig &m_config;
    const SessionContext m_context;
    bool m_replaces = false; // StreamFacts::replaces
    bool m_live = false;
    int m_quietAnswers = 0;  // in a row: the server says that nothing waits and nothing is under way
    SteadyTime m_progressed; // when the last message came, or when it was seen that none waits
    SteadyTime m_checked;
    SteadyTime m_complete;   // everything that was published until then has been received
};

} // namespace odin
