// Head of an HTTP/1.x request: bytes -> checked fields, stricter than the servers behind the door
// (no lone CR or LF, no folded lines, one Host, one Content-Length, no Transfer-Encoding). Pure; any thread.
#pragma once

#include "core/wire/authority.h"

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
    bool isHttp10 = false; ///< else it is HTTP/1.1
    Authority host; ///< of the Host field
    qint64 contentLength = 0;
    qsizetype bytes = 0; ///< of the head itself, with the empty line at its end

    std::size_t count(QByteArrayView name) const;
    /// First field of that name (lower case); empty when there is none.
    QByteArrayView field(QByteArrayView name) const;
    /// The entries of a comma-separated field, which may stand in several lines (RFC 9110 section 5.3).
    std::vector<QByteArray> list(QByteArrayView name) const;
    /// Whether such a field contains `word` (case does not count).
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
