// What the tests of the epoll dispatcher share. Thread: main. Owner: the tests.
#pragma once

#include "core/base/epolldispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTest>

#include <array>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/// The main thread runs on the dispatcher under test, so QTRY_... and QSignalSpy go through it too.
#define ODIN_EPOLL_TEST_MAIN(TestClass)                                                                                \
    int main(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        QCoreApplication::setEventDispatcher(new odin::EpollDispatcher);                                               \
        QCoreApplication app(argc, argv);                                                                              \
        TestClass test;                                                                                                \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }

namespace odin {

/// One round of the event loop that does not block.
inline void runRound() { QCoreApplication::processEvents(); }

/// Two connected sockets: `near` is watched, `far` is the world.
struct SocketPair
{
    SocketPair()
    {
        std::array<int, 2> fds{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds.data()) != 0)
            qFatal("No socket pair");
        near = fds[0];
        far = fds[1];
    }
    ~SocketPair()
    {
        closeNear();
        closeFar();
    }
    SocketPair(const SocketPair &) = delete;
    SocketPair &operator=(const SocketPair &) = delete;

    void closeNear() { close(near); }
    void closeFar() { close(far); }
    void makeReadable() const { QCOMPARE(::write(far, "x", 1), 1); }
    void drain() const
    {
        std::array<char, 4096> buffer;
        while (::read(near, buffer.data(), buffer.size()) > 0) { }
    }
    /// Until `near` takes no more.
    void fill() const
    {
        const std::array<char, 4096> buffer{};
        while (::write(near, buffer.data(), buffer.size()) > 0) { }
    }

    int near = -1;
    int far = -1;

private:
    static void close(int &fd)
    {
        if (fd >= 0)
            ::close(std::exchange(fd, -1));
    }
};

/// A notifier that counts its activations.
class CountingNotifier : public QSocketNotifier
{
public:
    CountingNotifier(int fd, Type type) : QSocketNotifier(fd, type)
    {
        connect(this, &QSocketNotifier::activated, this, [this] { ++count; });
    }
    int count = 0;
};

} // namespace odin
