// EpollDispatcher and socket notifiers: who is activated, and above all who must not be.
#include "tests/core/base/epolltest.h"

#include "core/base/workerthread.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTimer>

#include <functional>
#include <memory>

using namespace odin;
using namespace std::chrono_literals;
using Type = QSocketNotifier::Type;

class TestEpollNotifiers : public QObject
{
    Q_OBJECT

    /// Runs `handler` in whichever of the two is activated first; the other is its argument.
    static void onFirst(CountingNotifier &a, CountingNotifier &b,
                        const std::function<void(CountingNotifier &)> &handler)
    {
        auto done = std::make_shared<bool>(false);
        const auto once = [done, handler](CountingNotifier *other) {
            if (!std::exchange(*done, true))
                handler(*other);
        };
        connect(&a, &QSocketNotifier::activated, &a, [once, &b] { once(&b); });
        connect(&b, &QSocketNotifier::activated, &b, [once, &a] { once(&a); });
    }

private Q_SLOTS:
    void readersAreLevelTriggered()
    {
        SocketPair pair;
        CountingNotifier reader(pair.near, Type::Read);
        runRound();
        QCOMPARE(reader.count, 0);
        pair.makeReadable();
        runRound();
        runRound();
        QCOMPARE(reader.count, 2);
        pair.drain();
        runRound();
        QCOMPARE(reader.count, 2);
    }

    void writersAreActivatedWhileThereIsRoom()
    {
        SocketPair pair;
        CountingNotifier writer(pair.near, Type::Write);
        runRound();
        QCOMPARE(writer.count, 1);
        pair.fill();
        runRound();
        QCOMPARE(writer.count, 1);
    }

    void interestFollowsTheNotifiers()
    {
        SocketPair pair;
        pair.makeReadable();
        CountingNotifier reader(pair.near, Type::Read);
        CountingNotifier writer(pair.near, Type::Write);
        writer.setEnabled(false);
        runRound();
        QCOMPARE(writer.count, 0);
        writer.setEnabled(true);
        runRound();
        QCOMPARE(writer.count, 1);
        writer.setEnabled(false);
        writer.setEnabled(true);
        reader.setEnabled(false);
        runRound();
        QCOMPARE(writer.count, 2);
        QCOMPARE(reader.count, 2);
    }

    void readersComeBeforeWriters()
    {
        std::array<SocketPair, 10> pairs;
        std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
        QString order;
        for (const auto &pair : pairs) {
            pair.makeReadable();
            for (const auto type : {Type::Write, Type::Read}) {
                notifiers.push_back(std::make_unique<QSocketNotifier>(pair.near, type));
                connect(notifiers.back().get(), &QSocketNotifier::activated, this,
                        [&order, type] { order += type == Type::Read ? u'r' : u'w'; });
            }
        }
        runRound();
        QCOMPARE(order, QStringLiteral("rrrrrrrrrrwwwwwwwwww"));
    }

    void oneThatWasDisabledByAnotherIsNotActivated()
    {
        SocketPair one;
        SocketPair two;
        CountingNotifier a(one.near, Type::Read);
        CountingNotifier b(two.near, Type::Read);
        onFirst(a, b, [](CountingNotifier &other) { other.setEnabled(false); });
        one.makeReadable();
        two.makeReadable();
        runRound();
        QCOMPARE(a.count + b.count, 1);
        a.setEnabled(true);
        b.setEnabled(true);
        runRound();
        QCOMPARE(a.count + b.count, 3);
    }

    void oneThatWasSwitchedOffAndOnWaitsForTheNextRound()
    {
        SocketPair one;
        SocketPair two;
        CountingNotifier a(one.near, Type::Read);
        CountingNotifier b(two.near, Type::Read);
        onFirst(a, b, [&one, &two](CountingNotifier &other) {
            one.drain();
            two.drain();
            other.setEnabled(false);
            other.setEnabled(true);
        });
        one.makeReadable();
        two.makeReadable();
        runRound();
        QCOMPARE(a.count + b.count, 1);
        one.makeReadable();
        two.makeReadable();
        runRound();
        QCOMPARE(a.count + b.count, 3);
    }

    void theWriterThatItsReaderDisabledIsNotActivated()
    {
        SocketPair pair;
        CountingNotifier reader(pair.near, Type::Read);
        CountingNotifier writer(pair.near, Type::Write);
        connect(&reader, &QSocketNotifier::activated, &writer, [&writer] { writer.setEnabled(false); });
        pair.makeReadable();
        runRound();
        QCOMPARE(reader.count, 1);
        QCOMPARE(writer.count, 0);
    }

    void oneThatWasDeletedByAnotherIsNotActivated()
    {
        SocketPair one;
        SocketPair two;
        auto a = std::make_unique<CountingNotifier>(one.near, Type::Read);
        auto b = std::make_unique<CountingNotifier>(two.near, Type::Read);
        int activated = 0;
        connect(a.get(), &QSocketNotifier::activated, this, [&] { ++activated, b.reset(); });
        connect(b.get(), &QSocketNotifier::activated, this, [&] { ++activated, a.reset(); });
        one.makeReadable();
        two.makeReadable();
        runRound();
        QCOMPARE(activated, 1);
        runRound();
        QCOMPARE(activated, 2);
    }

    void oneMayDeleteItself()
    {
        SocketPair pair;
        auto *notifier = new QSocketNotifier(pair.near, Type::Read);
        int activated = 0;
        connect(notifier, &QSocketNotifier::activated, this, [&] {
            ++activated;
            delete notifier;
        });
        pair.makeReadable();
        runRound();
        runRound();
        QCOMPARE(activated, 1);
    }

    // The classic of epoll: a number that is closed and opened again while its old event waits in the batch.
    void anEventDoesNotReachTheNextOwnerOfItsNumber()
    {
        SocketPair one;
        SocketPair two;
        auto a = std::make_unique<CountingNotifier>(one.near, Type::Read);
        auto b = std::make_unique<CountingNotifier>(two.near, Type::Read);
        SocketPair fresh;
        std::unique_ptr<CountingNotifier> next;
        const auto replace = [&](std::unique_ptr<CountingNotifier> &old) {
            if (next)
                return;
            const int fd = static_cast<int>(old->socket());
            old.reset();
            ::dup3(fresh.near, fd, O_CLOEXEC); // closes it and gives the number to another socket
            next = std::make_unique<CountingNotifier>(fd, Type::Read);
        };
        connect(a.get(), &QSocketNotifier::activated, this, [&] { replace(b); });
        connect(b.get(), &QSocketNotifier::activated, this, [&] { replace(a); });
        one.makeReadable();
        two.makeReadable();
        runRound();
        QVERIFY(next);
        QCOMPARE(next->count, 0);
        runRound();
        QCOMPARE(next->count, 0);
        fresh.makeReadable();
        runRound();
        QCOMPARE(next->count, 1);
    }

    void aNumberClosedBehindItsNotifierIsWatchedAgain()
    {
        SocketPair pair;
        SocketPair fresh;
        CountingNotifier reader(pair.near, Type::Read);
        runRound();
        ::dup3(fresh.near, pair.near, O_CLOEXEC);
        CountingNotifier writer(pair.near, Type::Write); // any change makes us look
        fresh.makeReadable();
        runRound();
        QCOMPARE(writer.count, 1);
        QCOMPARE(reader.count, 1);
    }

    void aSecondNotifierTakesThePlaceOfTheFirst()
    {
        SocketPair pair;
        SocketPair fresh;
        auto first = std::make_unique<CountingNotifier>(pair.near, Type::Read);
        runRound();
        ::dup3(fresh.near, pair.near, O_CLOEXEC);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("Multiple socket notifiers for same socket")));
        CountingNotifier second(pair.near, Type::Read);
        first.reset();
        fresh.makeReadable();
        runRound();
        QCOMPARE(second.count, 1);
    }

    // epoll goes on reporting a description that a duplicate keeps alive, and its number belongs to somebody else by
    // then: nobody could switch it off, and the loop would never sleep again.
    void aDescriptionWithoutANumberDoesNotKeepTheLoopAwake()
    {
        SocketPair pair;
        SocketPair fresh;
        SocketPair other;
        const int duplicate = ::dup(pair.near);
        CountingNotifier bystander(other.near, Type::Read);
        {
            CountingNotifier reader(pair.near, Type::Read);
            runRound();
            ::dup3(fresh.near, pair.near, O_CLOEXEC); // closed before its notifier ends
        }
        pair.makeReadable();
        runRound();

        int rounds = 0;
        QObject context;
        const auto *dispatcher = QCoreApplication::eventDispatcher();
        connect(dispatcher, &QAbstractEventDispatcher::awake, &context, [&rounds] { ++rounds; });
        QEventLoop loop;
        QTimer::singleShot(100ms, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY2(rounds < 50, qPrintable(QString::number(rounds)));
        other.makeReadable();
        runRound();
        QVERIFY(bystander.count > 0);
        ::close(duplicate);
    }

    void aDescriptionWithoutANumberDoesNotReachTheNextOwner()
    {
        SocketPair pair;
        SocketPair fresh;
        const int duplicate = ::dup(pair.near);
        auto reader = std::make_unique<CountingNotifier>(pair.near, Type::Read);
        runRound();
        ::dup3(fresh.near, pair.near, O_CLOEXEC); // closed before its notifier ends
        reader.reset();
        CountingNotifier next(pair.near, Type::Read);
        runRound();
        pair.makeReadable();
        runRound();
        runRound();
        QCOMPARE(next.count, 0);
        fresh.makeReadable();
        runRound();
        QCOMPARE(next.count, 1);
        ::close(duplicate);
    }

    void aBrokenConnectionConcernsEverybody_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("reader") << int(Type::Read);
        QTest::newRow("writer") << int(Type::Write);
        QTest::newRow("exception") << int(Type::Exception);
    }

    void aBrokenConnectionConcernsEverybody()
    {
        QFETCH(int, type);
        SocketPair hungUp;
        hungUp.fill();
        CountingNotifier a(hungUp.near, Type(type));
        runRound();
        QCOMPARE(a.count, 0);
        hungUp.closeFar(); // EPOLLHUP
        runRound();
        QCOMPARE(a.count, 1);

        std::array<int, 2> pipe{-1, -1};
        QCOMPARE(::pipe2(pipe.data(), O_CLOEXEC), 0);
        CountingNotifier b(pipe[1], Type(type));
        ::close(pipe[0]); // EPOLLERR
        runRound();
        QCOMPARE(b.count, 1);
        b.setEnabled(false);
        ::close(pipe[1]);
    }

    void aRegularFileIsAlwaysReady()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        CountingNotifier reader(file.handle(), Type::Read);
        CountingNotifier writer(file.handle(), Type::Write);
        CountingNotifier exception(file.handle(), Type::Exception);
        for (int round = 1; round <= 3; ++round) {
            runRound();
            QCOMPARE(reader.count, round);
            QCOMPARE(writer.count, round);
        }
        reader.setEnabled(false);
        runRound();
        QCOMPARE(reader.count, 3);
        QCOMPARE(writer.count, 4);
        QCOMPARE(exception.count, 0);
    }

    void aDescriptorThatIsNoneIsSwitchedOff()
    {
        int fd = -1;
        {
            SocketPair pair;
            fd = pair.near;
        }
        CountingNotifier reader(fd, Type::Read);
        CountingNotifier writer(fd, Type::Write);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Invalid socket .*disabling")));
        runRound();
        QVERIFY(!reader.isEnabled());
        QVERIFY(!writer.isEnabled());
        QCOMPARE(reader.count + writer.count, 0);
    }

    void aDescriptorMayBeClosedBeforeItsNotifierEnds()
    {
        SocketPair pair;
        auto reader = std::make_unique<CountingNotifier>(pair.near, Type::Read);
        auto writer = std::make_unique<CountingNotifier>(pair.near, Type::Write);
        runRound();
        pair.closeNear();
        reader.reset();
        writer.reset();
        runRound();
    }

    void canBeExcluded()
    {
        SocketPair pair;
        CountingNotifier reader(pair.near, Type::Read);
        pair.makeReadable();
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(reader.count, 0);
        runRound();
        QCOMPARE(reader.count, 1);
    }

    void aNestedLoopTakesOverTheRestOfTheBatch()
    {
        SocketPair one;
        SocketPair two;
        CountingNotifier a(one.near, Type::Read);
        CountingNotifier b(two.near, Type::Read);
        for (auto *notifier : {&a, &b})
            connect(notifier, &QSocketNotifier::activated, this, [notifier, &one, &two] {
                (notifier->socket() == one.near ? one : two).drain();
                runRound();
            });
        one.makeReadable();
        two.makeReadable();
        runRound();
        QCOMPARE(a.count, 1);
        QCOMPARE(b.count, 1);
    }

    void moveToAnotherThread()
    {
        WorkerThread worker(QStringLiteral("test"));
        SocketPair pair;
        std::atomic<int> activated = 0;
        std::atomic<bool> there = false;
        auto *reader = new QSocketNotifier(pair.near, Type::Read);
        connect(reader, &QSocketNotifier::activated, reader, [&] {
            there = worker.isCurrent();
            pair.drain();
            ++activated;
        });
        reader->moveToThread(worker.thread());
        pair.makeReadable();
        QTRY_VERIFY_WITH_TIMEOUT(activated >= 1, 30'000);
        QVERIFY(there);
        worker.call([reader] { delete reader; });
    }
};

ODIN_EPOLL_TEST_MAIN(TestEpollNotifiers)
#include "tst_epollnotifiers.moc"
