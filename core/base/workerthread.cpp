#include "core/base/workerthread.h"

#include "core/base/epolldispatcher.h"
#include "core/model/limits.h"

#include <QEventLoop>
#include <QtGlobal>

#include <chrono>
#include <iterator>
#include <thread>

namespace odin {

WorkerThread::WorkerThread(const QString &name)
    : m_commands(limits::workerCommandsMax), m_thread(QThread::create([this] { run(), m_ended.set_value(); }))
{
    m_thread->setObjectName(name);
    m_thread->setEventDispatcher(new EpollDispatcher); // QThread deletes it
    m_thread->start();
}

// The last command ends the loop: those before it have run by then.
WorkerThread::~WorkerThread()
{
    postSurely([] { QThread::currentThread()->quit(); });
    m_ended.get_future().wait();
    m_thread->wait();
}

Offer WorkerThread::post(Command command)
{
    const Offer taken = m_commands.offer(std::move(command));
    if (taken == Offer::Overflow)
        qWarning("Thread %s is stuck: a command was dropped", qUtf8Printable(m_thread->objectName()));
    return taken;
}

void WorkerThread::postSurely(const Command &command)
{
    while (m_commands.offer(command) == Offer::Overflow)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void WorkerThread::run()
{
    QSocketNotifier arrived(m_commands.fd(), QSocketNotifier::Read);
    QObject::connect(&arrived, &QSocketNotifier::activated, &arrived, [this] { runCommands(); });
    QEventLoop().exec();
}

// Taken one by one from a member: when a command runs a nested event loop, that loop goes on with the next, in order.
void WorkerThread::runCommands()
{
    m_commands.drain(m_arrived);
    m_waiting.insert(m_waiting.end(), std::make_move_iterator(m_arrived.begin()),
                     std::make_move_iterator(m_arrived.end()));
    m_arrived.clear();
    while (!m_waiting.empty()) {
        const Command command = std::move(m_waiting.front());
        m_waiting.pop_front();
        command();
    }
}

} // namespace odin
