// What a fault proxy does to a connection, over real sockets. Times are asserted as lower bounds only.
#include "core/model/limits.h"
#include "tests/simulator/network/proxytest.h"

#include <QElapsedTimer>

using namespace odin;
using namespace std::chrono_literals;

class TestProxyFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delayIsALowerBound()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults({150ms, 20ms, 0, Stall::None});
        for (int round = 0; round < 3; ++round) {
            QElapsedTimer timer;
            timer.start();
            pair.client.write("there");
            QCOMPARE(arrived(*pair.served, 5), QByteArray("there"));
            QVERIFY(timer.elapsed() >= 150);
            pair.served->write("and back");
            QCOMPARE(arrived(pair.client, 8), QByteArray("and back"));
            QVERIFY(timer.elapsed() >= 300);
        }
    }

    void bandwidthIsAnUpperBound()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        constexpr qint64 rate = 200'000, size = 100'000;
        pair.proxy.setFaults({0ms, 0ms, rate, Stall::None});
        QElapsedTimer timer;
        timer.start();
        pair.served->write(noise(size, 1));
        QCOMPARE(arrived(pair.client, size).size(), size);
        QVERIFY(timer.elapsed() >= 1000 * size / rate - limits::proxyBurstMs.count());
    }

    // In a stall nothing is read either: what the source cannot get rid of is what the kernels' buffers do not take.
    void stallHoldsTheSourceBackAndLosesNothing()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults({0ms, 0ms, 0, Stall::Down});
        const auto down = noise(4 * 1024 * 1024, 5);
        pair.served->write(down);
        QVERIFY(!QTest::qWaitFor([&] { return pair.served->bytesToWrite() < down.size() / 2; }, 500));
        QCOMPARE(pair.proxy.connections().at(0).downHeldBytes, std::size_t(0));
        QCOMPARE(pair.client.bytesAvailable(), 0);
        pair.client.write("other way");
        QCOMPARE(arrived(*pair.served, 9), QByteArray("other way"));

        pair.proxy.setFaults({});
        QVERIFY(arrived(pair.client, down.size()) == down);
    }

    // A reader that does not read holds the source back as well, and the proxy keeps no more than its bound.
    void aSlowReaderHoldsTheSourceBack()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.client.setReadBufferSize(1);
        const auto down = noise(4 * 1024 * 1024, 6);
        pair.served->write(down);
        const auto held = [&pair] { return pair.proxy.connections().at(0).downHeldBytes; };
        QTRY_VERIFY_WITH_TIMEOUT(held() > limits::proxyQueueBytesMax / 2, deadline);
        QVERIFY(!QTest::qWaitFor([&] { return pair.served->bytesToWrite() < down.size() / 2; }, 500));
        QVERIFY(held() > limits::proxyQueueBytesMax / 2 && held() <= limits::proxyQueueBytesMax);
        pair.client.setReadBufferSize(0);
        pair.client.read(1); // wakes its notifier
        QVERIFY(arrived(pair.client, down.size() - 1) == down.mid(1));
    }

    void anEndDuringAStallComesAfterwards()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults({0ms, 0ms, 0, Stall::Both});
        pair.served->write("bye");
        pair.served->disconnectFromHost();
        QVERIFY(!QTest::qWaitFor([&] { return isClosed(pair.client) || pair.client.bytesAvailable() > 0; }, 300));
        pair.proxy.setFaults({});
        QCOMPARE(arrived(pair.client, 3), QByteArray("bye"));
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(pair.client), deadline);
    }

    void cutClosesBoth()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults({10s, 0ms, 0, Stall::None});
        pair.client.write("lost");
        QTRY_COMPARE_WITH_TIMEOUT(pair.proxy.connections().at(0).upHeldBytes, std::size_t(4), deadline);
        pair.proxy.cutAll();
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(pair.client) && isClosed(*pair.served), deadline);
        QCOMPARE(pair.client.error(), QTcpSocket::RemoteHostClosedError); // what Qt makes of a reset
        QVERIFY(pair.served->readAll().isEmpty());
        QVERIFY(pair.proxy.connections().empty());
        QCOMPARE(pair.proxy.counters().cut, quint64(1));
    }

    void halfOpenEndsWithoutAWord()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        QVERIFY(pair.proxy.halfOpen(pair.id()));
        QVERIFY(pair.proxy.connections().at(0).isHalfOpen);
        pair.client.write("nobody hears");
        pair.client.disconnectFromHost();
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(pair.client), deadline);
        pair.served->write("nobody is there");
        QVERIFY(!QTest::qWaitFor([&] { return isClosed(*pair.served) || pair.served->bytesAvailable() > 0; }, 500));
        QCOMPARE(pair.served->bytesToWrite(), 0); // the kernel took it: there is nothing that tells
        pair.proxy.setFaults({}); // ends no black hole
        QVERIFY(pair.proxy.connections().at(0).isHalfOpen);
        pair.proxy.cutAll();
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(*pair.served), deadline);
        QCOMPARE(pair.proxy.counters().halfOpened, quint64(1));
    }

    void refusesAndKeepsItsPort()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        const auto port = pair.proxy.port();
        QVERIFY(pair.proxy.setRefusing(true).ok());
        QTcpSocket refused;
        refused.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QTRY_COMPARE_WITH_TIMEOUT(refused.error(), QTcpSocket::ConnectionRefusedError, deadline);
        pair.client.write("old ones live");
        QCOMPARE(arrived(*pair.served, 13), QByteArray("old ones live"));
        QVERIFY(pair.proxy.setRefusing(false).ok());
        QTcpSocket later;
        later.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QTRY_VERIFY_WITH_TIMEOUT(pair.server.hasPendingConnections(), deadline);
    }

    void valuesAreBroughtIntoTheirBounds()
    {
        FaultProxy proxy;
        proxy.setFaults({-1ms, 1h, -5, Stall::None});
        QCOMPARE(proxy.faults().delay, 0ms);
        QCOMPARE(proxy.faults().jitter, limits::proxyDelayMsMax);
        QCOMPARE(proxy.faults().bytesPerSecond, 0);
    }
};

QTEST_GUILESS_MAIN(TestProxyFaults)
#include "tst_proxyfaults.moc"
