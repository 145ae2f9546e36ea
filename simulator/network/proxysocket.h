// ProxySocket: one TCP socket of a proxied connection. A bare descriptor and not a QTcpSocket, because that reads ahead
// by itself, cannot pass on an end of stream in one direction only, and hides resets. Thread: that of its owner. Owner:
// a ProxyConnection. Closes its descriptor.
#pragma once

#include "core/model/result.h"

#include <QByteArrayView>
#include <QSocketNotifier>

#include <functional>
#include <memory>

class QHostAddress;

namespace odin {

class ProxySocket
{
public:
    enum class State { Open, Blocked, Ended, Broken };
    struct Transfer
    {
        std::size_t bytes = 0;
        State state = State::Open;
    };

    /// `ready` is called in the event loop whenever what is watched has happened.
    ProxySocket(int descriptor, const std::function<void()> &ready);
    ~ProxySocket();
    ProxySocket(const ProxySocket &) = delete;
    ProxySocket &operator=(const ProxySocket &) = delete;

    /// The descriptor of a connection that is being made: connected or failed once it can be written to.
    static Result<int> connecting(const QHostAddress &host, quint16 port);
    bool isConnected() const;
    quint16 peerPort() const;

    /// Blocked: nothing there now. Ended: nothing will come any more.
    Transfer receive(char *buffer, std::size_t size);
    /// Blocked: nothing went, the peer does not read.
    Transfer send(QByteArrayView bytes);
    /// The peer gets an end of stream, and can go on sending.
    void finish();
    void close();
    /// The peer gets a reset.
    void abort();

    void watchReading(bool on);
    void watchWriting(bool on);

private:
    static State stateOfError();

    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_reading;
    std::unique_ptr<QSocketNotifier> m_writing;
};

} // namespace odin
