// What an operator sees of single clients: a row of each, in an order and with a filter of his, and all about one.
// Values; any thread (listings and details are shared as std::shared_ptr<const ...>).
#pragma once

#include "core/model/pace.h"
#include "core/model/types.h"

#include <QByteArrayList>
#include <QString>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace odin {

enum class ClientState : quint8 {
    Live,       ///< gets its updates as they come, or as its mode says
    Thinned,    ///< slow: gets only the newest per token
    CatchingUp, ///< resumes
    Closing,    ///< was sent a close frame
};
inline constexpr std::array<const char *, 4> clientStateNames{"live", "thinned", "catching up", "closing"};

/// Of tokenCount: every token.
inline constexpr int allTokens = std::numeric_limits<int>::max();

struct ClientRow
{
    QByteArray id;              ///< the session's, as the client was told in `welcome`
    quint64 ordinal = 0;        ///< the same as a number: unique in a gateway, greater for a later session of its shard
    QByteArray address;         ///< of the other end, or of the proxy before it
    quint16 port = 0;
    QByteArray user;            ///< empty: not identified
    qint64 sinceMs = 0;         ///< wall clock
    QByteArray tokens;          ///< "*", or the first names and how many more
    int tokenCount = 0;
    Pace pace;                  ///< what it gets now
    double limitHz = 0;         ///< its operator's limit, which made this of the pace that it asked for; 0: none
    std::optional<double> outPerSecond; ///< updates, since the listing before; none when that is long ago
    qint64 backlogBytes = 0;    ///< unsent
    quint64 conflated = 0;      ///< updates that a newer one replaced, since the start
    double roundTripMs = 0;     ///< 0: not measured yet
    ClientState state = ClientState::Live;
};

/// What rows are sorted by.
enum class ClientColumn : quint8 { Id, Address, User, Since, Tokens, Mode, Out, Backlog, Conflated, RoundTrip, State };
inline constexpr int clientColumnCount = int(ClientColumn::State) + 1;

/// Whether rows may change places because their values did.
enum class RowOrder : quint8 {
    Live, ///< as their values say
    Kept, ///< who is there stays in place, who is new comes behind
};

/// Some rows of all clients that have a text in them, in an order.
struct ClientQuery
{
    QString filter;         ///< in id, address, user, tokens, mode or state, in whatever case; empty: all
    ClientColumn column = ClientColumn::Since;
    Qt::SortOrder order = Qt::AscendingOrder;
    RowOrder rowOrder = RowOrder::Live;
    int first = 0;          ///< row, counted after the filter
    int count = 0;
    QByteArray anchor;      ///< may be empty: this client was seen at anchorRow, and first is meant relative to it
    int anchorRow = 0;

    /// Asks for the same rows, sorted by the same.
    bool isSameOrder(const ClientQuery &other) const
    {
        return filter == other.filter && column == other.column && order == other.order;
    }
};

struct ClientListing
{
    ClientQuery query;      ///< what it answers
    qint64 takenMs = 0;
    int total = 0;          ///< clients
    int matching = 0;       ///< of these: the filter lets pass
    int first = 0;          ///< row of rows.front(): the query's, moved by as much as its anchor moved
    std::vector<ClientRow> rows;

    bool answers(const ClientQuery &wanted) const
    {
        const int end = std::min(wanted.first + wanted.count, matching);
        return query.isSameOrder(wanted) && (wanted.first >= end || (first <= wanted.first && end <= first + int(rows.size())));
    }
};
using ClientListingPtr = std::shared_ptr<const ClientListing>;

/// An update or a notice that went out to a client.
struct SentFrame
{
    qint64 sentMs = 0;
    QByteArray token;       ///< empty: of the market
    Channel channel = Channel::Price;
    Seq seq = 0;
    qint64 bytes = 0;       ///< with its header
    QByteArray payload;
};

/// All about one client. Its frames are written down only while somebody asks for this.
struct ClientDetails
{
    QByteArray id;
    bool isConnected = false;   ///< false: it is gone, and the rest is empty
    qint64 takenMs = 0;
    ClientRow row;
    QByteArrayList tokens;      ///< "*", or names
    QByteArrayList withoutTokens; ///< of "*": unsubscribed by name
    QByteArrayList channels;
    Pace asked;                 ///< what the client wants; row.pace is what it gets

    // Its queue
    qint64 kernelBytes = 0;     ///< given to the kernel, not yet acknowledged by the client's
    quint64 heldUpdates = 0;    ///< wait for their turn or for room, the newest per token
    Seq caughtUpTo = 0;         ///< while it resumes; of ...
    Seq catchUpEnd = 0;         ///< ... so far

    // Counters, since it is connected
    quint64 updates = 0;
    quint64 bytes = 0;          ///< of updates
    quint64 commands = 0;
    quint64 commandErrors = 0;
    int pingsUnanswered = 0;

    std::vector<SentFrame> lastFrames; ///< newest first, limits::clientFramesMax at most
};
using ClientDetailsPtr = std::shared_ptr<const ClientDetails>;

} // namespace odin
