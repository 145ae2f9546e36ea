// ConnectWatch: while it lives, whatever this thread blocks in for longer than allowed is interrupted (EINTR).
// cnats 3.4.1 makes the TLS handshake on a blocking socket without any deadline (mended in 3.11.0): a bus that falls
// silent in its midst would hold the thread for ever, and with it the end of the program.
// Thread: the one that made it. Owner: a value on its stack.
#pragma once

#include <chrono>
#include <ctime>

namespace odin {

class ConnectWatch
{
public:
    explicit ConnectWatch(std::chrono::milliseconds allowed);
    ~ConnectWatch();
    ConnectWatch(const ConnectWatch &) = delete;
    ConnectWatch &operator=(const ConnectWatch &) = delete;

    bool isOver() const { return std::chrono::steady_clock::now() >= m_end; }

private:
    const std::chrono::steady_clock::time_point m_end;
    timer_t m_timer{};
    bool m_isSet = false;
};

} // namespace odin
