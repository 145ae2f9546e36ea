// ClientSocket: a connection that was let in. Qt keeps 48 KiB of buffers for each socket once it was used; here what is
// written goes straight to the kernel while nothing waits, and what was read leaves no buffer behind.
// This one is plain; TlsSocket puts TLS under the same surface.
// Thread: that of its door. Owner: its door, until it is disconnected: then it deletes itself.
#pragma once

#include "core/flow/counters.h"
#include "core/shard/ticket.h"

#include <QTcpSocket>

#include <sys/types.h>

namespace odin {

class ClientSocket : public QTcpSocket
{
public:
    enum class Put { Whole, Queued };

    /// `census.connections` is counted down when the connection is gone.
    ClientSocket(Census &census, QObject *parent) : QTcpSocket(parent), m_census(census) {}
    ~ClientSocket() override { m_census.connections.fetch_sub(1); }

    /// What its address has taken, given back when the connection is gone.
    void keep(TicketPtr ticket) { m_ticket = std::move(ticket); }
    /// What the peer says from here on is TLS, where this port speaks it. Call it once, when all that comes before it (the
    /// PROXY header of a balancer) has been read; nothing else can be read until it is called.
    virtual void startTls() {}
    virtual bool isTls() const { return false; }

    /// From now on everybody's writes, also those of QtWebSockets, go as put() says. bytesWritten() is emitted only for what
    /// had to wait.
    void writeDirectly() { m_isDirect = true; }

    /// Sends what the kernel takes; the rest waits in Qt's buffer. Behind a backlog all of it waits, so that bytes stay in
    /// order. A broken connection shows as Queued: Qt finds it when it tries again, and says so with disconnected().
    Put put(const char *data, qint64 size);

    qint64 bytesToWrite() const override { return queuedBytes() + m_corked.size(); }

    /// Tells the peer that no more comes, and leaves closing to it.
    virtual void endWriting();

    /// What is written while it lives goes out together when it ends: one packet instead of five. May be nested.
    class Cork
    {
    public:
        explicit Cork(ClientSocket &socket) : m_socket(socket) { ++socket.m_corks; }
        ~Cork() { m_socket.uncork(); }
        Cork(const Cork &) = delete;
        Cork &operator=(const Cork &) = delete;

    private:
        ClientSocket &m_socket;
    };

    /// Call it when all was read: gives back the 16 KiB that Qt keeps from one read to the next.
    void releaseReadBuffer();

protected:
    qint64 writeData(const char *data, qint64 size) override;
    /// As ::send(). A test takes less.
    virtual ssize_t sendSome(const char *data, size_t size);
    /// Leaves it to the event loop.
    virtual qint64 enqueue(const char *data, qint64 size) { return QTcpSocket::writeData(data, size); }
    virtual qint64 queuedBytes() const { return QTcpSocket::bytesToWrite(); }

private:
    void uncork();

    Census &m_census;
    TicketPtr m_ticket;
    bool m_isDirect = false;
    int m_corks = 0;
    QByteArray m_corked;
};

} // namespace odin
