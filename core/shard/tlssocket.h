// TlsSocket: a ClientSocket whose peer speaks TLS, with OpenSSL on the bare descriptor: what is written is encrypted
// into one record and goes to the kernel at once; only what the kernel does not take waits, as plain text. Not
// QSslSocket: that makes a context for each connection (no session is ever resumed, 10,000 copies of the chain), copies
// each write three times and sends it from the event loop. It has no say in what is negotiated, either. Thread: that of
// its door. Owner: its door, until it is disconnected: then it deletes itself.
#pragma once

#include "core/shard/clientsocket.h"
#include "core/shard/opensslptr.h"
#include "core/shard/tlsidentity.h"

#include <QSocketNotifier>

#include <optional>

namespace odin {

class TlsSocket final : public ClientSocket
{
public:
    /// `counters`: of who is turned away, for handshakes that come to nothing.
    TlsSocket(Census &census, ShardCounters &counters, TlsIdentityPtr identity, QObject *parent);
    ~TlsSocket() override;

    void startTls() override;
    bool isTls() const override { return true; }
    void endWriting() override;

    bool setSocketDescriptor(qintptr descriptor, SocketState state = ConnectedState,
                             OpenMode mode = ReadWrite) override;
    qintptr socketDescriptor() const override { return m_fd; }
    qint64 bytesAvailable() const override { return QTcpSocket::bytesAvailable() + unread(); }
    bool canReadLine() const override;
    /// When all that waits is out.
    void disconnectFromHost() override;
    /// At once.
    void close() override;

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 readLineData(char *data, qint64 size) override { return QIODevice::readLineData(data, size); }
    qint64 skipData(qint64 size) override { return QIODevice::skipData(size); }
    ssize_t sendSome(const char *data, size_t size) override;
    qint64 enqueue(const char *data, qint64 size) override;
    qint64 queuedBytes() const override { return m_out.size() - m_outDone; }

private:
    enum class Stage { Raw, Handshake, Open, Refused, Gone };

    void readable();
    void writable();
    void receiveRaw();
    void shake();
    bool isPlainHttp() const;
    void refusePlainHttp();
    void receive();
    void waitForRoom();
    void discard();
    bool leavePrefix();
    void flushOut();
    void take(const char *data, qint64 size) { m_in.append(data, size); }
    qint64 unread() const { return m_in.size() - m_inDone; }
    bool isFull() const { return readBufferSize() > 0 && bytesAvailable() >= readBufferSize(); }
    void finish();

    ShardCounters &m_counters;
    const TlsIdentityPtr m_identity;
    SslPtr m_ssl;
    int m_fd = -1;
    Stage m_stage = Stage::Raw;
    int m_handshakes = 0; // messages of handshakes from the peer since the connection is open
    bool m_isBroken = false; // found while writing
    bool m_isPrefixed = false; // the first bytes of the handshake were read as raw ones, and come from memory
    std::optional<QSocketNotifier> m_readable, m_writable;
    QByteArray m_in; // decrypted; m_inDone of it is read
    qsizetype m_inDone = 0;
    QByteArray m_out; // plain text; m_outDone of it is with the kernel
    qsizetype m_outDone = 0;
};

} // namespace odin
