// A bus that takes the connection and then says nothing, at any point of the TLS handshake, holds nobody up.
#include "core/feed/connection.h"
#include "core/feed/connectwatch.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <cerrno>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

using namespace odin;
using namespace std::chrono_literals;

class TestConnectWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interruptsWhatBlocks()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        char byte = 0;
        const ConnectWatch watch(50ms);
        QVERIFY(!watch.isOver());
        QCOMPARE(::read(ends[0], &byte, 1), -1); // would block for ever
        QCOMPARE(errno, EINTR);
        QCOMPARE(::read(ends[0], &byte, 1), -1); // and again
        QVERIFY(watch.isOver());
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void leavesOthersAlone()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        ssize_t got = -1;
        std::thread other([&] {
            char byte = 0;
            got = ::read(ends[0], &byte, 1);
        });
        {
            const ConnectWatch watch(1ms);
            std::this_thread::sleep_for(200ms);
        }
        QCOMPARE(::write(ends[1], "x", 1), 1);
        other.join();
        QCOMPARE(got, 1);
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void aSilentBusIsATimeout()
    {
        QTcpServer bus;
        QVERIFY(bus.listen(QHostAddress::LocalHost));
        const auto url = QStringLiteral("tls://127.0.0.1:%1").arg(bus.serverPort());
        natsStatus status = NATS_OK;
        std::thread client([&] { status = Connection({url}, "test", 500ms).status(); });
        QTcpSocket *peer = nullptr;
        if (QTest::qWaitFor([&] { return bus.hasPendingConnections(); }, 10'000)) {
            peer = bus.nextPendingConnection();
            peer->write("INFO "
                        "{\"server_id\":\"X\",\"version\":\"2.9.10\",\"proto\":1,\"max_payload\":1048576,\"tls_"
                        "required\":true}\r\n");
            peer->flush();
        }
        client.join(); // the test's own deadline ends a hang
        QVERIFY(peer);
        QCOMPARE(status, NATS_TIMEOUT);
    }
};

QTEST_GUILESS_MAIN(TestConnectWatch)
#include "tst_connectwatch.moc"
