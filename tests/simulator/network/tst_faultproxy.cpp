// The proxy as an honest go-between, over real sockets: bytes, ends and resets pass as they came, whatever the faults.
#include "tests/simulator/network/proxytest.h"

using namespace odin;
using namespace std::chrono_literals;

class TestFaultProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesArriveUnchangedBothWays_data()
    {
        QTest::addColumn<Faults>("faults");
        QTest::newRow("no faults") << Faults{};
        QTest::newRow("delay") << Faults{30ms, 0ms, 0, Stall::None};
        QTest::newRow("jitter") << Faults{0ms, 30ms, 0, Stall::None};
        QTest::newRow("bandwidth") << Faults{0ms, 0ms, 4'000'000, Stall::None};
        QTest::newRow("all of them") << Faults{10ms, 20ms, 6'000'000, Stall::None};
    }
    void bytesArriveUnchangedBothWays()
    {
        QFETCH(Faults, faults);
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults(faults);
        const auto up = noise(1024 * 1024, 1), down = noise(1024 * 1024, 2);
        pair.client.write(up);
        pair.served->write(down);
        QVERIFY(arrived(*pair.served, up.size()) == up);
        QVERIFY(arrived(pair.client, down.size()) == down);
        QCOMPARE(pair.proxy.counters().upBytes, quint64(up.size()));
        QCOMPARE(pair.proxy.counters().downBytes, quint64(down.size()));
    }

    void bytesSurviveFaultsThatChange()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        const auto up = noise(1024 * 1024, 3);
        pair.client.write(up);
        std::minstd_rand random(3);
        QByteArray got;
        const auto step = [&] { // faults for ever new moments
            const auto ms = [&](quint32 most) { return std::chrono::milliseconds(random() % most); };
            pair.proxy.setFaults(pair.id(), {ms(10), ms(10), qint64(random() % 2) * 8'000'000, Stall(random() % 4)});
            got += pair.served->readAll();
            return got.size() >= up.size();
        };
        QVERIFY(QTest::qWaitFor(step, deadline));
        QVERIFY(got == up);
    }

    void anEndPassesInOneDirection()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.proxy.setFaults({20ms, 0ms, 0, Stall::None});
        pair.client.write("last words");
        pair.client.disconnectFromHost();
        QCOMPARE(arrived(*pair.served, 10), QByteArray("last words"));
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(*pair.served), deadline);
        QTRY_VERIFY_WITH_TIMEOUT(pair.proxy.connections().empty(), deadline);
        QCOMPARE(pair.proxy.counters().upBytes, quint64(10));
    }

    void aResetPasses()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        pair.served->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        pair.client.write("never read");
        QTRY_COMPARE_WITH_TIMEOUT(pair.served->bytesAvailable(), 10, deadline);
        pair.client.abort(); // an end of stream, and a reset for what comes after it
        pair.served->write(noise(1024 * 1024, 4));
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(*pair.served), deadline);
        QTRY_VERIFY_WITH_TIMEOUT(pair.proxy.connections().empty(), deadline);
    }

    void connectionsAreToldApart()
    {
        ProxiedPair pair;
        QVERIFY(pair.open());
        QTcpSocket other;
        other.connectToHost(QHostAddress(QHostAddress::LocalHost), pair.proxy.port());
        QTRY_COMPARE_WITH_TIMEOUT(pair.proxy.connections().size(), std::size_t(2), deadline);
        const auto second = pair.proxy.connections().at(1);
        QCOMPARE(second.clientPort, other.localPort());
        QVERIFY(pair.proxy.cut(second.id));
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(other), deadline);
        QVERIFY(!pair.proxy.cut(second.id));
        QVERIFY(!pair.proxy.setFaults(second.id, {}));
        QVERIFY(!pair.proxy.halfOpen(second.id));
        QCOMPARE(pair.proxy.connections().size(), std::size_t(1));
        pair.client.write("still here");
        QCOMPARE(arrived(*pair.served, 10), QByteArray("still here"));
    }

    void aTargetThatIsNotThere()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
        const auto port = server.serverPort();
        FaultProxy proxy;
        QVERIFY(proxy.open(0, {QHostAddress(QHostAddress::LocalHost), port}).ok());
        server.close();
        QTcpSocket client;
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), proxy.port());
        QTRY_COMPARE_WITH_TIMEOUT(proxy.counters().unreachable, quint64(1), deadline);
        QTRY_VERIFY_WITH_TIMEOUT(isClosed(client), deadline);
        QVERIFY(proxy.connections().empty());
    }

    void saysThatAPortIsTaken()
    {
        FaultProxy first, second;
        QVERIFY(first.open(0, {}).ok());
        const auto opened = second.open(first.port(), {});
        QVERIFY(!opened);
        QVERIFY(opened.error().text.contains(QString::number(first.port())));
        first.close();
        QCOMPARE(first.port(), quint16(0));
    }
};

QTEST_GUILESS_MAIN(TestFaultProxy)
#include "tst_faultproxy.moc"
