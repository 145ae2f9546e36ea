// EpollDispatcher as an event loop: posted events, wake-ups, timers, nested loops.
#include "tests/core/base/epolltest.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <thread>

using namespace odin;
using namespace std::chrono_literals;

/// Called by name: then Qt carries no captured data, of which ThreadSanitizer would not know that Qt guards it.
class Counter : public QObject
{
    Q_OBJECT
public:
    explicit Counter(int expected) : m_expected(expected) { }
    Q_INVOKABLE void count()
    {
        if (++counted == m_expected)
            Q_EMIT complete();
    }
    int counted = 0;

Q_SIGNALS:
    void complete();

private:
    const int m_expected;
};

class TestEpollLoop : public QObject
{
    Q_OBJECT

    static QAbstractEventDispatcher *dispatcher() { return QCoreApplication::eventDispatcher(); }

    /// Ends a wait that should have ended long before, so that a lost wake-up fails instead of hanging.
    struct Guard : QTimer
    {
        Guard()
        {
            setSingleShot(true);
            start(20s);
        }
        bool isFine() const { return isActive(); }
    };

private Q_SLOTS:
    void isTheOneUnderTest() { QVERIFY(qobject_cast<EpollDispatcher *>(dispatcher())); }

    void sendsPostedEvents()
    {
        int called = 0;
        QMetaObject::invokeMethod(this, [&called] { ++called; }, Qt::QueuedConnection);
        runRound();
        QCOMPARE(called, 1);
    }

    void anEventPostedByAnEventDoesNotWaitForAnother()
    {
        Guard guard;
        QEventLoop loop;
        QMetaObject::invokeMethod(
            this, [&] { QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection); },
            Qt::QueuedConnection);
        loop.exec();
        QVERIFY(guard.isFine());
    }

    void deletesLater()
    {
        QPointer<QObject> object = new QObject;
        QTimer::singleShot(0, object, [object] { object->deleteLater(); });
        QTRY_VERIFY_WITH_TIMEOUT(!object, 20'000);
    }

    void aWakeUpBeforeTheWaitIsNotLost()
    {
        Guard guard;
        dispatcher()->wakeUp();
        dispatcher()->processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(guard.isFine());
    }

    void aWakeUpEndsTheWait()
    {
        Guard guard;
        for (int round = 0; round < 200 && guard.isFine(); ++round) {
            std::thread waker([] { dispatcher()->wakeUp(); });
            dispatcher()->processEvents(QEventLoop::WaitForMoreEvents);
            waker.join();
            runRound(); // it may have come before the wait, and after the round that it ended
        }
        QVERIFY(guard.isFine());
    }

    void aWakeUpEndsAWaitWithoutSockets()
    {
        Guard guard;
        std::thread waker([] {
            std::this_thread::sleep_for(5ms);
            dispatcher()->wakeUp();
        });
        dispatcher()->processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeSocketNotifiers);
        waker.join();
        QVERIFY(guard.isFine());
    }

    void whatAboutToBlockPostsIsNotSleptOver()
    {
        Guard guard;
        bool called = false;
        const auto connection = connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] {
            QMetaObject::invokeMethod(this, [&called] { called = true; }, Qt::QueuedConnection);
        });
        dispatcher()->processEvents(QEventLoop::WaitForMoreEvents);
        disconnect(connection);
        QVERIFY(guard.isFine());
        runRound();
        QVERIFY(called);
    }

    void tellsWhenItBlocks()
    {
        QString order;
        QObject context;
        connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, &context, [&order] { order += u'b'; });
        connect(dispatcher(), &QAbstractEventDispatcher::awake, &context, [&order] { order += u'a'; });
        runRound();
        QCOMPARE(order, QString());
        QTimer::singleShot(1ms, &context, [] {});
        dispatcher()->processEvents(QEventLoop::WaitForMoreEvents);
        QCOMPARE(order, QStringLiteral("ba"));
    }

    void callsFromOtherThreadsAllArrive()
    {
        constexpr int threadCount = 4;
        constexpr int callsEach = 500;
        Counter counter(threadCount * callsEach);
        Guard guard;
        QEventLoop loop;
        connect(&counter, &Counter::complete, &loop, &QEventLoop::quit);
        connect(&guard, &QTimer::timeout, &loop, &QEventLoop::quit);
        std::vector<std::thread> threads;
        for (int t = 0; t < threadCount; ++t)
            threads.emplace_back([&counter] {
                for (int i = 0; i < callsEach; ++i)
                    QMetaObject::invokeMethod(&counter, "count", Qt::QueuedConnection);
            });
        loop.exec();
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(counter.counted, threadCount * callsEach);
        QVERIFY(guard.isFine());
    }

    void aLoopEndsWheneverAnotherThreadEndsIt()
    {
        Guard guard;
        for (int round = 0; round < 1000 && guard.isFine(); ++round) {
            QEventLoop loop;
            connect(&guard, &QTimer::timeout, &loop, &QEventLoop::quit);
            std::atomic<bool> started = false;
            QMetaObject::invokeMethod(&loop, [&started] { started = true; }, Qt::QueuedConnection);
            std::thread ender([&] {
                while (!started)
                    std::this_thread::yield();
                loop.exit();
            });
            loop.exec();
            started = true;
            ender.join();
        }
        QVERIFY(guard.isFine());
    }

    // The wake-up for the outer loop is used up by the round inside: the outer one must not go to sleep then.
    void aRoundInsideAnotherDoesNotStealItsWakeUp()
    {
        Guard guard;
        QEventLoop loop;
        connect(&guard, &QTimer::timeout, &loop, &QEventLoop::quit);
        QMetaObject::invokeMethod(
            this,
            [&loop] {
                std::thread([&loop] { loop.exit(); }).join();
                runRound();
            },
            Qt::QueuedConnection);
        loop.exec();
        QVERIFY(guard.isFine());
    }

    void loopsNest()
    {
        Guard guard;
        QString order;
        QEventLoop outer;
        QTimer::singleShot(0, &outer, [&] {
            QEventLoop inner;
            QTimer::singleShot(1ms, &inner, &QEventLoop::quit);
            inner.exec();
            order += u'i';
            outer.quit();
        });
        outer.exec();
        order += u'o';
        QCOMPARE(order, QStringLiteral("io"));
        QVERIFY(guard.isFine());
    }

    void sleepsWhenThereIsNothingToDo()
    {
        QTest::qWait(20);
        int rounds = 0;
        QObject context;
        connect(dispatcher(), &QAbstractEventDispatcher::awake, &context, [&rounds] { ++rounds; });
        QTimer later;
        later.start(1h);
        QEventLoop loop;
        QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY2(rounds < 10, qPrintable(QString::number(rounds)));
    }

    void timersFireInTheirOrderAndNotEarly()
    {
        QString order;
        QElapsedTimer clock;
        clock.start();
        qint64 last = 0;
        QTimer::singleShot(30ms, Qt::PreciseTimer, this, [&] { order += u'c', last = clock.elapsed(); });
        QTimer::singleShot(10ms, Qt::CoarseTimer, this, [&] { order += u'b'; });
        QTimer::singleShot(0ms, this, [&] { order += u'a'; });
        QTRY_COMPARE_WITH_TIMEOUT(order, QStringLiteral("abc"), 20'000);
        QVERIFY(last >= 30);
    }

    void zeroTimersFireOncePerRoundAndStarveNobody()
    {
        SocketPair pair;
        CountingNotifier reader(pair.near, QSocketNotifier::Read);
        pair.makeReadable();
        int fired = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&fired] { ++fired; });
        timer.start(0);
        for (int round = 1; round <= 5; ++round) {
            runRound();
            QCOMPARE(fired, round);
            QCOMPARE(reader.count, round);
        }
    }

    void lateTimersFireOnce()
    {
        int fired = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&fired] { ++fired; });
        timer.start(2000ms);
        timer.start(1ms);
        std::this_thread::sleep_for(30ms);
        runRound();
        QCOMPARE(fired, 1);
    }

    void aTimerDoesNotFireInsideItsHandler()
    {
        int depth = 0;
        int deepest = 0;
        int fired = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            ++fired;
            deepest = std::max(deepest, ++depth);
            std::this_thread::sleep_for(3ms);
            runRound();
            --depth;
        });
        timer.start(1ms);
        QTRY_VERIFY_WITH_TIMEOUT(fired >= 3, 20'000);
        QCOMPARE(deepest, 1);
    }

    void aTimerMayEndItselfAndOthers()
    {
        int fired = 0;
        QTimer a;
        auto b = std::make_unique<QTimer>();
        connect(&a, &QTimer::timeout, this, [&] { ++fired, a.stop(), b.reset(); });
        connect(b.get(), &QTimer::timeout, this, [&] { fired += 100; });
        a.start(1ms);
        b->start(1ms);
        std::this_thread::sleep_for(5ms);
        runRound();
        std::this_thread::sleep_for(5ms);
        runRound();
        QCOMPARE(fired, 1);
    }

    void answersQuestionsAboutTimers()
    {
        QObject object;
        const int id = object.startTimer(1h, Qt::VeryCoarseTimer);
        const auto infos = dispatcher()->registeredTimers(&object);
        QCOMPARE(infos.size(), 1);
        QCOMPARE(infos[0].timerId, id);
        QCOMPARE(int(infos[0].interval), 3'600'000);
        QCOMPARE(infos[0].timerType, Qt::VeryCoarseTimer);
        const int left = dispatcher()->remainingTime(id);
        QVERIFY(left > 3'000'000 && left <= 3'600'000);
        object.killTimer(id);
        QCOMPARE(dispatcher()->remainingTime(id), -1);
        QVERIFY(dispatcher()->registeredTimers(&object).isEmpty());
        QVERIFY(!dispatcher()->unregisterTimers(&object));
    }

    void timersEndWithTheirObject()
    {
        struct Ticker : QObject
        {
            int *ticks;
            void timerEvent(QTimerEvent *) override { ++*ticks; }
        };
        int ticks = 0;
        auto ticker = std::make_unique<Ticker>();
        ticker->ticks = &ticks;
        ticker->startTimer(0);
        runRound();
        QCOMPARE(ticks, 1);
        ticker.reset();
        runRound();
        QCOMPARE(ticks, 1);
    }

    void twentyThousandTimersAreNoTrouble()
    {
        constexpr int count = 20'000;
        int fired = 0;
        {
            std::vector<std::unique_ptr<QTimer>> timers;
            for (int i = 0; i < count; ++i) {
                timers.push_back(std::make_unique<QTimer>());
                timers.back()->setSingleShot(true);
                connect(timers.back().get(), &QTimer::timeout, this, [&fired] { ++fired; });
                timers.back()->start(i % 2 ? 1h : std::chrono::milliseconds(i % 50));
            }
            QTRY_COMPARE_WITH_TIMEOUT(fired, count / 2, 20'000);
        }
        QCOMPARE(fired, count / 2);
    }
};

ODIN_EPOLL_TEST_MAIN(TestEpollLoop)
#include "tst_epollloop.moc"
