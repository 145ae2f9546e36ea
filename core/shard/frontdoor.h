// FrontDoor: from a bare descriptor to a WebSocket session, an HTTP request, or a refusal.
// It peeks at the request head and decides before anything is consumed, so that a refusal is a real HTTP answer and
// one port serves everything. Each connection serves one HTTP request, so no request passes it unchecked.
// Thread: its shard's (or the admin port's). Owner: the same.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/httpport.h"
#include "core/shard/doorverdict.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>

namespace odin {

/// Whether a connection may become a client or is only to be told that there is no room.
enum class Admission { Welcome, OverCapacity };

class FrontDoor : public QObject
{
    Q_OBJECT
public:
    /// Called with an open WebSocket, the socket under it and what its URL subscribed to.
    using OnOpen = std::function<void(QWebSocket *, QTcpSocket *, const TokenSelection &)>;

    /// `census.connections` is counted down when a connection that came through this door is gone.
    /// `onOpen` empty: no WebSockets here (the admin port).
    FrontDoor(HttpPort &http, OnOpen onOpen, Census &census, ShardCounters &counters);

    /// Takes the descriptor of an accepted connection.
    void admit(qintptr descriptor, Admission admission);

    /// Connections at the door: accepted, not yet sessions, not yet answered.
    qsizetype waiting() const { return m_waiting.size(); }

private:
    enum class Phase { Head, Handshake, Http, Refused };
    struct Visitor
    {
        Phase phase = Phase::Head;
        Admission admission = Admission::Welcome;
        SteadyTime deadline;
        TokenSelection selection;
    };
    void readHead(QTcpSocket *socket);
    void act(QTcpSocket *socket, const OpenSession &open);
    void act(QTcpSocket *socket, const ServeHttp &);
    void act(QTcpSocket *socket, const HttpRefusal &refusal);
    void upgraded();
    void finishHttp(QTcpSocket *socket);
    void finishRefusal(QTcpSocket *socket);
    void enter(QTcpSocket *socket, Phase phase, std::chrono::milliseconds allowed);
    void gone(QTcpSocket *socket);
    void sweep();

    // QtWebSockets does not tell which socket a QWebSocket came from. While a handshake lasts, the addresses and
    // ports of both ends name it: no two open connections of one machine share them.
    using Ends = std::pair<std::pair<QHostAddress, quint16>, std::pair<QHostAddress, quint16>>;
    template<class Socket>
    static Ends endsOf(const Socket &socket)
    {
        return {{socket.peerAddress(), socket.peerPort()}, {socket.localAddress(), socket.localPort()}};
    }

    HttpPort &m_http;
    const OnOpen m_onOpen;
    Census &m_census;
    ShardCounters &m_counters;
    QWebSocketServer m_webSockets;
    QHash<QTcpSocket *, Visitor> m_waiting;
    QHash<Ends, QTcpSocket *> m_upgrading;
    QTimer m_sweep;
};

} // namespace odin
