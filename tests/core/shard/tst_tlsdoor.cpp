// The door of a port that speaks TLS: requests, sessions, those who do not speak it, and those who never finish.
#include "core/shard/tlssocket.h"
#include "tests/core/shard/testdoor.h"

#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>

#include <atomic>
#include <functional>
#include <thread>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

const QHostAddress here(QHostAddress::LocalHost);

struct Peer
{
    explicit Peer(quint16 port, QSsl::SslProtocol protocol = QSsl::SecureProtocols, const QString &ciphers = {})
    {
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(protocol);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setAllowedNextProtocols({"h2", "http/1.1"});
        if (!ciphers.isEmpty())
            configuration.setCiphers(ciphers);
        socket.setSslConfiguration(configuration);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        isEncrypted =
            QTest::qWaitFor(
                [this] { return socket.isEncrypted() || socket.state() == QAbstractSocket::UnconnectedState; },
                deadline)
            && socket.isEncrypted();
    }

    /// Everything until the other side ends the connection.
    QByteArray rest()
    {
        const bool isOver =
            QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::UnconnectedState; }, deadline);
        return isOver ? socket.readAll() : QByteArray("still connected");
    }

    QSslSocket socket;
    bool isEncrypted = false;
};

} // namespace

class TestTlsDoor : public QObject
{
    Q_OBJECT

private:
    TestCertificates m_certificates;

    std::uint64_t turnedAway(const TestDoor &door)
    {
        return door.counters.turnaways[std::size_t(Turnaway::Tls)].load();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void servesARequest()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        QVERIFY(door.loaded);
        Peer peer(door.serverPort());
        QVERIFY(peer.isEncrypted);
        QCOMPARE(peer.socket.sslConfiguration().nextNegotiatedProtocol(), QByteArray("http/1.1"));
        peer.socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(peer.rest(), QByteArray(HelloHttp::answer));
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
        QCOMPARE(turnedAway(door), 0u);
    }

    void refusesARequest()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        Peer peer(door.serverPort());
        peer.socket.write("GET / HTTP/9.9\r\nHost: a\r\n\r\n");
        QVERIFY(peer.rest().startsWith("HTTP/1.1 505 "));
        QCOMPARE(door.counters.doorRefused.load(), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void speaks_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("protocol");
        QTest::addColumn<QString>("cipher");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const char *name, TestCertificates::KeyKind kind, QSsl::SslProtocol protocol,
                            const char *cipher, bool taken) {
            QTest::newRow(name) << int(kind) << int(protocol) << QString::fromLatin1(cipher) << taken;
        };
        using enum TestCertificates::KeyKind;
        row("1.3 with EC", Ec, QSsl::TlsV1_3OrLater, "", true);
        row("1.3 with RSA", Rsa, QSsl::TlsV1_3OrLater, "", true);
        row("1.2 with EC", Ec, QSsl::TlsV1_2, "", true);
        row("1.2 with RSA", Rsa, QSsl::TlsV1_2, "", true);
        row("1.2, AES-GCM", Rsa, QSsl::TlsV1_2, "ECDHE-RSA-AES256-GCM-SHA384", true);
        row("1.2, ChaCha20", Ec, QSsl::TlsV1_2, "ECDHE-ECDSA-CHACHA20-POLY1305", true);
        row("1.2, CBC", Rsa, QSsl::TlsV1_2, "ECDHE-RSA-AES128-SHA256", false);
        row("1.2, CBC with SHA-1", Ec, QSsl::TlsV1_2, "ECDHE-ECDSA-AES256-SHA", false);
        row("1.2, without forward secrecy", Rsa, QSsl::TlsV1_2, "AES128-GCM-SHA256", false);
        row("1.2, finite field DH", Rsa, QSsl::TlsV1_2, "DHE-RSA-AES128-GCM-SHA256", false);
    }

    void speaks()
    {
        QFETCH(const int, kind);
        QFETCH(const int, protocol);
        QFETCH(const QString, cipher);
        QFETCH(const bool, isTaken);
        TestDoor door({}, m_certificates.make(QStringLiteral("a"), {TestCertificates::KeyKind(kind)}));
        Peer peer(door.serverPort(), QSsl::SslProtocol(protocol), cipher);
        QCOMPARE(peer.isEncrypted, isTaken);
        if (isTaken)
            return;
        QTRY_COMPARE_WITH_TIMEOUT(turnedAway(door), 1u, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void saysWhenThereIsNoRoom()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        door.admission = Admission::OverCapacity;
        Peer peer(door.serverPort());
        peer.socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(peer.rest().startsWith("HTTP/1.1 503 "));
    }

    // What is written before the handshake has ended waits for it.
    void answersBeforeTheHandshakeArrive()
    {
        TlsPort port(m_certificates.make(QStringLiteral("a")));
        QVERIFY(!port.load());
        struct Server : QTcpServer
        {
            void incomingConnection(qintptr descriptor) override { arrived(descriptor); }
            std::function<void(qintptr)> arrived;
        } server;
        Census census;
        ShardCounters counters;
        server.arrived = [&](qintptr descriptor) {
            auto *socket = new TlsSocket(census, counters, port.identity(), &server);
            QVERIFY(socket->setSocketDescriptor(descriptor));
            socket->startTls();
            socket->write("early");
            connect(socket, &QTcpSocket::bytesWritten, socket, &ClientSocket::endWriting);
        };
        QVERIFY(server.listen(here));
        Peer peer(server.serverPort());
        QVERIFY(peer.isEncrypted);
        QCOMPARE(peer.rest(), QByteArray("early"));
    }

    void tellsWhoSpeaksPlainly()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        QTcpSocket socket;
        socket.connectToHost(here, door.serverPort());
        socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, deadline);
        const auto answer = socket.readAll();
        QVERIFY2(answer.startsWith("HTTP/1.1 400 ") && answer.contains("this port speaks TLS only"),
                 answer.constData());
        QCOMPARE(turnedAway(door), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void endsNonsense()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        QTcpSocket socket;
        socket.connectToHost(here, door.serverPort());
        socket.write(QByteArray("\x16\x03\x01\x00\x05zzzzz", 10));
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, deadline);
        QCOMPARE(turnedAway(door), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    // Nobody has longer than limits::headMsMax for handshake and head together.
    void endsWhoDoesNotFinish()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        QTcpSocket silent, half;
        silent.connectToHost(here, door.serverPort());
        half.connectToHost(here, door.serverPort());
        half.write(QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
        Peer idle(door.serverPort());
        QVERIFY(idle.isEncrypted);
        for (auto *socket : {&silent, &half, static_cast<QTcpSocket *>(&idle.socket)})
            QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QAbstractSocket::UnconnectedState, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
        QCOMPARE(turnedAway(door), 2u);
        QCOMPARE(door.door.waiting(), 0);
    }

    // OpenSSL deals with them by itself, and each is work: honest clients send none.
    void endsAFloodOfKeyUpdates()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        std::atomic<int> sent = 0;
        std::thread client([&sent, port = door.serverPort()] {
            const std::unique_ptr<SSL_CTX, OpenSslDelete<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
            BIO *connection = BIO_new_ssl_connect(context.get());
            const BioPtr owner(connection);
            BIO_set_conn_hostname(connection, ("127.0.0.1:" + QByteArray::number(port)).constData());
            SSL *ssl = nullptr;
            BIO_get_ssl(connection, &ssl);
            while (sent < 1'000'000 && BIO_do_handshake(connection) == 1
                   && SSL_key_update(ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_write(ssl, "G", 1) == 1)
                ++sent;
        });
        QVERIFY(QTest::qWaitFor(
            [&] { return door.counters.accepted.load() == 1 && door.census.connections.load() == 0; }, deadline));
        client.join();
        QVERIFY2(sent.load() > 2 && sent.load() < 1'000'000, "it came in, and was cut");
        QVERIFY2(door.counters.doorRefused.load() == 0, "not for what it asked");
    }

    // A balancer's header comes in the clear, in one packet with the client's first bytes or not.
    void startsBehindWhatWasReadPlainly_data()
    {
        QTest::addColumn<bool>("together");
        QTest::newRow("in one packet") << true;
        QTest::newRow("apart") << false;
    }

    void startsBehindWhatWasReadPlainly()
    {
        QFETCH(const bool, together);
        TlsPort port(m_certificates.make(QStringLiteral("a")));
        QVERIFY(!port.load());
        QTcpServer relay, server; // the relay puts a line in front of what a TLS client says
        QVERIFY(relay.listen(here) && server.listen(here));
        Census census;
        ShardCounters counters;
        QByteArray line, request;
        TlsSocket *socket = nullptr;
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            const auto accepted = server.nextPendingConnection();
            const int descriptor = ::dup(int(accepted->socketDescriptor()));
            accepted->setParent(nullptr);
            accepted->disconnect();
            delete accepted;
            socket = new TlsSocket(census, counters, port.identity(), &server);
            QVERIFY(socket->setSocketDescriptor(descriptor));
            connect(socket, &QTcpSocket::readyRead, socket, [&] {
                if (!line.isEmpty()) {
                    request += socket->readAll();
                    return;
                }
                const auto seen = socket->peek(100);
                if (const auto end = seen.indexOf('\n'); end >= 0) {
                    line = socket->read(end + 1);
                    socket->startTls();
                }
            });
        });
        QTcpSocket onward;
        connect(&relay, &QTcpServer::newConnection, &relay, [&] {
            auto *incoming = relay.nextPendingConnection();
            onward.connectToHost(here, server.serverPort());
            if (!together)
                onward.write("PROXY\n");
            connect(incoming, &QTcpSocket::readyRead, incoming, [&, incoming, isFirst = true]() mutable {
                onward.write((std::exchange(isFirst, false) && together ? QByteArray("PROXY\n") : QByteArray())
                             + incoming->readAll());
            });
            connect(&onward, &QTcpSocket::readyRead, incoming, [&, incoming] { incoming->write(onward.readAll()); });
        });
        Peer peer(relay.serverPort());
        QVERIFY(peer.isEncrypted);
        peer.socket.write("hello");
        QTRY_COMPARE_WITH_TIMEOUT(request, QByteArray("hello"), deadline);
        QCOMPARE(line, QByteArray("PROXY\n"));
    }

    void takesALargeBody()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        Peer peer(door.serverPort());
        peer.socket.write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n" + QByteArray(60'000, 'x'));
        QVERIFY(peer.rest().startsWith("HTTP/1.1 "));
    }

    void newFilesAreForNewConnections()
    {
        const auto files = m_certificates.make(QStringLiteral("a"), {TestCertificates::KeyKind::Ec, -1, 30, "first"});
        const auto newer = m_certificates.make(QStringLiteral("b"), {TestCertificates::KeyKind::Rsa, -1, 30, "second"});
        TestDoor door({}, files);
        const auto nameOf = [](const Peer &peer) {
            return peer.socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0);
        };
        Peer old(door.serverPort());
        QCOMPARE(nameOf(old), QStringLiteral("first"));

        TestCertificates::write(files.certificateFile, TestCertificates::read(newer.certificateFile));
        TestCertificates::write(files.keyFile, TestCertificates::read(newer.keyFile));
        QVERIFY(!door.tls.load());
        QCOMPARE(nameOf(Peer(door.serverPort())), QStringLiteral("second"));

        TestCertificates::write(files.certificateFile, "nonsense");
        QVERIFY(door.tls.load());
        QCOMPARE(nameOf(Peer(door.serverPort())), QStringLiteral("second"));

        old.socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(old.rest(), QByteArray(HelloHttp::answer));
    }

    void warnsOfTheEnd()
    {
        TlsPort port(m_certificates.make(QStringLiteral("a"), {TestCertificates::KeyKind::Ec, -1, 10}));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("expires in \\d+ days: renew it")));
        QVERIFY(!port.load());
    }

    void manyComeAndGoAtOnce()
    {
        TestDoor door({}, m_certificates.make(QStringLiteral("a")));
        std::vector<std::unique_ptr<QSslSocket>> sockets;
        for (int i = 0; i < 100; ++i) {
            sockets.push_back(std::make_unique<QSslSocket>());
            sockets.back()->setPeerVerifyMode(QSslSocket::VerifyNone);
            sockets.back()->connectToHostEncrypted(QStringLiteral("127.0.0.1"), door.serverPort());
        }
        for (std::size_t i = 0; i < sockets.size(); i += 3)
            QTRY_VERIFY_WITH_TIMEOUT(sockets[i]->isEncrypted(), deadline);
        sockets.clear();
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }
};

QTEST_GUILESS_MAIN(TestTlsDoor)
#include "tst_tlsdoor.moc"
