// TestClient: a WebSocket client made of a bare socket, so that a test sees every byte of the stream and can misbehave.
// Thread: the test's, with an event loop. Owner: the test.
// It is stricter than browsers: a frame that is masked, fragmented, reserved or out of place makes it `broken`.
#pragma once

#include <QElapsedTimer>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

#ifdef ODIN_TEST_TLS // the same tests once more, over TLS
#include <QSslSocket>
using TestSocket = QSslSocket;
#else
using TestSocket = QTcpSocket;
#endif

namespace odin {

class TestClient
{
public:
    static constexpr char upgradeFields[] =
        "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    explicit TestClient(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { receive(); });
#ifdef ODIN_TEST_TLS
        socket.setPeerVerifyMode(QSslSocket::VerifyNone); // the certificates of tests sign themselves
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        isConnected = QTest::qWaitFor([this] { return socket.isEncrypted(); }, 20'000);
        return;
#endif
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        isConnected = QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::ConnectedState; }, 20'000);
    }

    /// Upgrades and waits until it is answered. False when it is refused.
    bool open(const QByteArray &query = {})
    {
        socket.write("GET /ws" + query + " HTTP/1.1\r\n" + upgradeFields + "\r\n");
        return QTest::qWaitFor([this] { return isOpen || isGone(); }, 20'000) && isOpen;
    }

    void send(const QByteArray &payload, int opcode = 1) { socket.write(frame(payload, opcode)); }

    /// As clients send: masked, here with a mask that changes every byte.
    static QByteArray frame(const QByteArray &payload, int opcode)
    {
        static constexpr char mask[] = {0x11, 0x22, 0x33, 0x44};
        QByteArray bytes(1, char(0x80 | opcode));
        if (payload.size() < 126) {
            bytes.append(char(0x80 | payload.size()));
        } else {
            char length[2];
            qToBigEndian(quint16(payload.size()), length);
            bytes.append(char(0x80 | 126)).append(length, 2);
        }
        bytes.append(mask, 4);
        for (qsizetype i = 0; i < payload.size(); ++i)
            bytes.append(char(payload[i] ^ mask[i % 4]));
        return bytes;
    }

    /// Stops taking bytes from the kernel, so that the server's writes pile up.
    void pause()
    {
        socket.setReadBufferSize(1);
        m_paused = true;
    }
    void resume()
    {
        m_paused = false;
        socket.setReadBufferSize(0);
        receive();
    }

    bool isGone() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    /// Messages of one type, in order.
    QList<QJsonObject> of(const char *type) const
    {
        QList<QJsonObject> found;
        for (const auto &message : messages) {
            if (message.value(QLatin1String("type")) == QLatin1String(type))
                found.append(message);
        }
        return found;
    }
    /// Sequences of the updates, in order.
    std::vector<qint64> seqs() const
    {
        std::vector<qint64> numbers;
        for (const auto &update : of("price:update"))
            numbers.push_back(update.value(QLatin1String("seq")).toInteger());
        return numbers;
    }
    /// Updates that the client knows of: those that came, and those that they say they replaced.
    qint64 accounted() const
    {
        qint64 sum = 0;
        for (const auto &update : of("price:update"))
            sum += 1 + update.value(QLatin1String("conflated")).toInteger();
        return sum;
    }
    qsizetype count(const char *type) const { return of(type).size(); }
    QJsonObject last(const char *type) const { return count(type) > 0 ? of(type).last() : QJsonObject(); }

    TestSocket socket;
    QByteArray head; ///< answer to the upgrade
    QList<QJsonObject> messages;
    QList<QByteArray> pongs;
    int pings = 0;
    int closeCode = 0;
    bool isConnected = false;
    bool isOpen = false;
    bool broken = false;

private:
    void receive()
    {
        if (m_paused)
            return;
        m_bytes += socket.readAll();
        if (!isOpen && !takeHead())
            return;
        while (!broken && takeFrame()) { }
        m_bytes.remove(0, std::exchange(m_taken, 0));
    }

    bool takeHead()
    {
        const auto end = m_bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        head = m_bytes.left(end + 4);
        isOpen = head.startsWith("HTTP/1.1 101 ");
        m_bytes.remove(0, end + 4);
        return isOpen;
    }

    bool takeFrame()
    {
        const auto rest = QByteArrayView(m_bytes).sliced(m_taken);
        if (rest.size() < 2)
            return false;
        qsizetype size = quint8(rest[1]);
        qsizetype start = 2;
        if (size == 126) {
            start = 4;
            size = rest.size() < start ? 0 : qFromBigEndian<quint16>(rest.data() + 2);
        } else if (size == 127) {
            start = 10;
            size = rest.size() < start ? 0 : qsizetype(qFromBigEndian<quint64>(rest.data() + 2));
        }
        const int opcode = quint8(rest[0]) & 0x0f;
        broken = (quint8(rest[0]) & 0xf0) != 0x80 || quint8(rest[1]) > 127 || closeCode != 0
            || (opcode != 1 && (opcode < 8 || opcode > 10));
        if (broken || rest.size() < start + size)
            return false;
        take(opcode, rest.sliced(start, size).toByteArray());
        m_taken += start + size;
        return true;
    }

    void take(int opcode, const QByteArray &payload)
    {
        if (opcode == 8) {
            closeCode = payload.size() < 2 ? 1005 : qFromBigEndian<quint16>(payload.constData());
        } else if (opcode == 9) {
            ++pings;
            send(payload, 10);
        } else if (opcode == 10) {
            pongs.append(payload);
        } else {
            const auto document = QJsonDocument::fromJson(payload);
            broken = !document.isObject();
            messages.append(document.object());
        }
    }

    QByteArray m_bytes;
    qsizetype m_taken = 0;
    bool m_paused = false;
};

} // namespace odin
