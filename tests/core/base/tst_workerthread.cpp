// WorkerThread: commands run in order, all of them, on the thread, also while it is being destroyed.
#include "core/base/workerthread.h"

#include "core/base/epolldispatcher.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include <unistd.h>

using namespace odin;
using namespace std::chrono_literals;

class TestWorkerThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasItsNameAndDispatcher()
    {
        WorkerThread worker(QStringLiteral("odin-shard-7"));
        QVERIFY(!worker.isCurrent());
        QVERIFY(worker.call([&worker] { return worker.isCurrent(); }));
        const auto *dispatcher = worker.call([] { return QAbstractEventDispatcher::instance(); });
        QVERIFY(qobject_cast<const EpollDispatcher *>(dispatcher));
        const QString path = worker.call([] { return QStringLiteral("/proc/self/task/%1/comm").arg(::gettid()); });
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "odin-shard-7\n");
    }

    void runsCommandsInOrder()
    {
        WorkerThread worker(QStringLiteral("test"));
        std::vector<int> order; // of the thread alone until call() hands it back
        for (int i = 0; i < 10'000; ++i)
            worker.post([&order, i] { order.push_back(i); });
        const auto seen = worker.call([&order] { return order; });
        QCOMPARE(seen.size(), std::size_t(10'000));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    }

    void takesCommandsFromManyThreads()
    {
        WorkerThread worker(QStringLiteral("test"));
        int count = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&worker, &count] {
                for (int i = 0; i < 1000; ++i)
                    worker.post([&count] { ++count; });
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(worker.call([&count] { return count; }), 4000);
    }

    void callGivesExceptionsBack()
    {
        WorkerThread worker(QStringLiteral("test"));
        QVERIFY_EXCEPTION_THROWN(worker.call([] { throw std::runtime_error("no"); }), std::runtime_error);
        QCOMPARE(worker.call([] { return 1; }), 1);
    }

    void destructionRunsWhatWasPosted()
    {
        for (int round = 0; round < 50; ++round) {
            int count = 0;
            {
                WorkerThread worker(QStringLiteral("test"));
                for (int i = 0; i < 100; ++i)
                    worker.post([&count] { ++count; });
            }
            QCOMPARE(count, 100);
        }
    }

    void destructionEndsAnIdleThreadAtOnce()
    {
        for (int round = 0; round < 100; ++round)
            WorkerThread worker(QStringLiteral("test"));
    }

    void destroysWhatACommandCapturesOnTheThread()
    {
        std::thread::id destroyedOn;
        std::thread::id thread;
        {
            WorkerThread worker(QStringLiteral("test"));
            thread = worker.call([] { return std::this_thread::get_id(); });
            std::shared_ptr<int> token(new int, [&destroyedOn](int *p) {
                destroyedOn = std::this_thread::get_id();
                delete p;
            });
            worker.post([token = std::move(token)] {});
        }
        QVERIFY(destroyedOn == thread);
    }

    void refusesCommandsBeyondItsBound()
    {
        QTest::ignoreMessage(QtWarningMsg, "Thread test is stuck: a command was dropped");
        std::binary_semaphore go(0);
        int run = 0;
        int queued = 0;
        {
            WorkerThread worker(QStringLiteral("test"));
            std::binary_semaphore busy(0);
            worker.post([&] {
                busy.release();
                go.acquire();
            });
            busy.acquire();
            while (worker.post([&run] { ++run; }) == Offer::Queued)
                ++queued;
            go.release();
        }
        QCOMPARE(queued, 65'536);
        QCOMPARE(run, queued);
    }

    void aNestedLoopGoesOnWithTheNextCommand()
    {
        WorkerThread worker(QStringLiteral("test"));
        std::vector<int> order;
        std::binary_semaphore go(0);
        worker.post([&go] { go.acquire(); }); // so that the others arrive in one batch
        worker.post([&order] {
            QEventLoop loop;
            QTimer::singleShot(0, &loop, &QEventLoop::quit);
            loop.exec();
            order.push_back(1);
        });
        worker.post([&order] { order.push_back(2); });
        go.release();
        const auto seen = worker.call([&order] { return order; });
        QCOMPARE(seen.size(), std::size_t(2));
    }

    void timersAndQueuedCallsWorkThere()
    {
        WorkerThread worker(QStringLiteral("test"));
        std::atomic<int> ticks = 0;
        QTimer *timer = worker.call([&ticks] {
            auto *made = new QTimer;
            QObject::connect(made, &QTimer::timeout, made, [&ticks] { ++ticks; });
            made->start(1ms);
            return made;
        });
        QTRY_VERIFY_WITH_TIMEOUT(ticks >= 5, 30'000);
        QMetaObject::invokeMethod(timer, "stop", Qt::QueuedConnection); // by name: no captured data for Qt to carry
        QTRY_VERIFY_WITH_TIMEOUT(!worker.call([timer] { return timer->isActive(); }), 30'000);
        worker.call([timer] { delete timer; });
    }

    void objectsMoveThere()
    {
        std::atomic<int> ticks = 0;
        WorkerThread worker(QStringLiteral("test"));
        auto *timer = new QTimer;
        QObject::connect(timer, &QTimer::timeout, timer, [&ticks] { ++ticks; });
        timer->moveToThread(worker.thread());
        worker.post([timer] { timer->start(1ms); });
        QTRY_VERIFY_WITH_TIMEOUT(ticks >= 5, 30'000);
        worker.call([timer] { delete timer; });
    }
};

QTEST_GUILESS_MAIN(TestWorkerThread)
#include "tst_workerthread.moc"
