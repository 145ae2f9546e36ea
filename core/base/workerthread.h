// WorkerThread: a named thread with a Qt event loop over our epoll dispatcher, and the one way to send it commands.
// Thread: post() from any, call() from any other thread. Owner: the object whose work it does; the destructor ends it.
#pragma once

#include "core/base/mailbox.h"

#include <QSocketNotifier>
#include <QString>
#include <QThread>

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace odin {

class WorkerThread
{
public:
    using Command = std::function<void()>;

    /// Starts at once. The name (15 bytes at most) is what top and gdb show.
    explicit WorkerThread(const QString &name);
    /// Runs what was posted, then ends the event loop and waits for the thread.
    ~WorkerThread();
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    /// Runs `command` on the thread, in the order of posting. Objects it captures are destroyed there.
    /// Never blocks: Overflow (logged, not run) when workerCommandsMax wait already, so the thread must be stuck.
    Offer post(Command command);

    /// Runs `f` on the thread and waits for its result. Never call it on the thread itself.
    template<class F>
    auto call(F f) -> std::invoke_result_t<F>
    {
        Q_ASSERT(!isCurrent());
        std::packaged_task<std::invoke_result_t<F>()> task(std::move(f));
        auto result = task.get_future();
        postSurely([&task] { task(); });
        return result.get();
    }

    /// The thread that lives behind it, to move QObjects to.
    QThread *thread() const { return m_thread.get(); }
    bool isCurrent() const { return QThread::currentThread() == m_thread.get(); }

private:
    void postSurely(const Command &command); // waits for room
    void run();
    void runCommands();

    // Any thread
    Mailbox<Command> m_commands;
    std::promise<void> m_ended; // says what QThread::wait() says, but in words that ThreadSanitizer understands

    // Confined to the thread
    std::vector<Command> m_arrived;
    std::deque<Command> m_waiting;

    // Constant after construction; last, so that the thread finds everything above
    const std::unique_ptr<QThread> m_thread;
};

} // namespace odin
