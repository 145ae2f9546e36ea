// FrontDoor: from a bare descriptor to a WebSocket session, an HTTP request, or a refusal.
// It peeks at the request head and decides before anything is consumed, so that a refusal is a real HTTP answer and
// one port serves everything. Each connection serves one HTTP request, which is there as a whole, and nothing behind it, before
// a server sees it: so no request passes the door unchecked.
// Thread: its shard's (or the admin port's). Owner: the same.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/guard.h"
#include "core/flow/httpport.h"
#include "core/shard/checkpoint.h"
#include "core/shard/clientsocket.h"
#include "core/shard/doorverdict.h"
#include "core/shard/guest.h"
#include "core/shard/tlsport.h"

#include <QHash>
#include <QObject>
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
    /// Called with an open WebSocket, the socket under it and who came.
    using OnOpen = std::function<void(QWebSocket *, ClientSocket *, const Guest &)>;

    /// `census.connections` is counted down when a connection that came through this door is gone.
    /// `onOpen` empty: no WebSockets here (the admin port). `tls` null: it speaks plainly.
    FrontDoor(HttpPort &http, OnOpen onOpen, Census &census, ShardCounters &counters, Guard guard = {},
              const TlsPort *tls = nullptr);

    /// Takes the descriptor of an accepted connection.
    void admit(qintptr descriptor, Admission admission);

    void openWebSockets(WebSocketsAt where) { m_webSocketsAt = where; }

    /// Connections at the door: accepted, not yet sessions, not yet answered.
    qsizetype waiting() const { return m_waiting.size(); }

private:
    enum class Phase {
        Balancer, ///< its PROXY header is to come
        Head,
        Body,
        Handshake, ///< of a WebSocket
        Serving, ///< the HTTP server reads the request
        Answering, ///< its answer goes out; what comes now is a second request, at which nobody has looked
        Refused,
    };
    struct Visitor
    {
        Phase phase = Phase::Head;
        Admission admission = Admission::Welcome;
        SteadyTime deadline{};
        Guest guest{};
        qsizetype requestBytes = 0; ///< head and body
    };
    ClientSocket *newSocket();
    void receive(ClientSocket *socket);
    void readBalancerHeader(ClientSocket *socket);
    void welcome(ClientSocket *socket);
    void readHead(ClientSocket *socket);
    void judgeHead(ClientSocket *socket, const RequestHead &head);
    void readBody(ClientSocket *socket);
    void act(ClientSocket *socket, const RequestHead &head, const OpenSession &open);
    void act(ClientSocket *socket, const RequestHead &head, const ServeHttp &);
    void act(ClientSocket *socket, const RequestHead &, const HttpRefusal &refusal) { refuse(socket, refusal); }
    void upgrade(ClientSocket *socket);
    void upgraded();
    void turnAway(ClientSocket *socket, Turnaway why) { refuse(socket, refusalOf(why), why); }
    void refuse(ClientSocket *socket, const HttpRefusal &refusal, Turnaway why = Turnaway::Request);
    void cut(ClientSocket *socket, Turnaway why);
    void count(Turnaway why);
    void finishHttp(ClientSocket *socket);
    void finishRefusal(ClientSocket *socket);
    void enter(ClientSocket *socket, Phase phase, std::chrono::milliseconds allowed);
    void gone(ClientSocket *socket);
    void sweep();
    void late(ClientSocket *socket);

    HttpPort &m_http;
    const OnOpen m_onOpen;
    Census &m_census;
    ShardCounters &m_counters;
    Checkpoint m_checkpoint;
    const TlsPort *const m_tls;
    QWebSocketServer m_webSockets;
    QHash<ClientSocket *, Visitor> m_waiting;
    WebSocketsAt m_webSocketsAt = WebSocketsAt::Ws;
    ClientSocket *m_upgrading = nullptr; // during its handshake
    QTimer m_sweep;
};

} // namespace odin
