// WakeFd: an eventfd that makes another thread's epoll or poll return.
// Thread: wake() from any, clear() from the waiting thread. Owner: whoever waits on it.
#pragma once

namespace odin {

class WakeFd
{
public:
    WakeFd();
    ~WakeFd();
    WakeFd(const WakeFd &) = delete;
    WakeFd &operator=(const WakeFd &) = delete;

    void wake() noexcept;
    void clear() noexcept;
    int fd() const noexcept { return m_fd; }

private:
    const int m_fd;
};

} // namespace odin
