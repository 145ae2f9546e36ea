// Head of an HTTP/1.x request: bytes -> checked fields, stricter than the servers behind the door
// (no lone LF, no folded lines, one Host, one Content-Length, no Transfer-Encoding). Pure; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace odin {

struct RequestHead
{
    QByteArray method;
    QByteArray path;    ///< percent-encoding left as it came
    QByteArray query;   ///< without '?'
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< names in lower case, values trimmed
    qint64 contentLength = 0;

    /// First field of that name (lower case); empty when there is none.
    QByteArrayView field(QByteArrayView name) const;
    /// Whether a comma-separated field contains `word` (case does not count).
    bool fieldHas(QByteArrayView name, QByteArrayView word) const;
    /// Value of a query parameter, percent-decoded; nullopt when it is not there.
    std::optional<QByteArray> parameter(QByteArrayView name) const;
};

/// The head is not complete yet: call again with more bytes.
struct HeadIncomplete
{
};

/// An answer that ends the connection.
struct HttpRefusal
{
    int status = 400;
    const char *reason = "";
};

/// `bytes`: everything received so far. Refuses heads over limits::headBytesMax as soon as that is known.
std::variant<HeadIncomplete, RequestHead, HttpRefusal> parseRequestHead(QByteArrayView bytes);

} // namespace odin
