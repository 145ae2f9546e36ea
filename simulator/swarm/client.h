// Client: one simulated user: its connection, what it subscribes to and how it behaves; checks what it gets.
// Thread: its worker's. Owner: its worker.
#pragma once

#include "simulator/swarm/clockoffset.h"
#include "simulator/swarm/connection.h"
#include "simulator/swarm/listener.h"
#include "simulator/swarm/plan.h"
#include "simulator/swarm/sequencecheck.h"
#include "simulator/swarm/totals.h"

#include <random>
#include <string>
#include <vector>

namespace odin::swarm {

class Client;

/// What the clients of a worker share; everything outlives them.
struct Workplace
{
    const Plan &plan;
    const QByteArray request;
    WorkerTotals &totals;
    UpdateReader reader;
    std::string buffer;  ///< for reading
    std::int64_t nowMs;  ///< wall clock, of the read under way
    std::minstd_rand random;
    int epoll;
    ClockOffset clock = {};
    const Client *pinger = nullptr; ///< the one whose pings compare the clocks
    std::vector<std::string> tokens = {}; ///< that there are, of the first welcome
};

class Client final : public Listener
{
public:
    using Time = std::chrono::steady_clock::time_point;

    Client(Workplace &workplace, int number);

    void connect();
    /// Its descriptor has something to say.
    void ready(Time now);
    /// Four times a second: behaves, and gives up what hangs.
    void tick(Time now);

    /// Neither open nor refused yet.
    bool isWaiting() const { return m_connection.isWaiting(); }
    bool isOpen() const { return m_connection.state() == Connection::State::Open; }

    void text(std::string_view payload) override;

private:
    void opened(Time now);
    void ended();
    void read(Time now);
    void readUpdate(std::string_view payload);
    void subscribe();
    void welcome(std::string_view payload);
    void ping();
    void readPong(std::string_view payload);
    void watch(std::uint32_t events, int operation);
    void pause(Time until);
    void actSlow(Time now);
    void actReconnecting(Time now);
    void actRandom(Time now);
    void actIdle(Time now);
    void comeBack(Time now, std::chrono::milliseconds atMost);
    std::chrono::milliseconds between(int leastMs, int mostMs);

    Workplace &m_workplace;
    const int m_number;
    const Behaviour m_behaviour;
    Connection m_connection;
    SequenceCheck m_check;
    QByteArray m_epoch;            // of the last welcome; empty: never welcomed
    std::int64_t m_resumeFrom = 0; // while a replay lasts: updates of this sequence may come again
    Time m_due;                    // its next deed
    Time m_pausedUntil;
    int m_attempts = 0;            // to come back, since it was open
    bool m_isPaused = false;
    bool m_wasClosedByUs = false;
};

} // namespace odin::swarm
