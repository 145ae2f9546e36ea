// Requests and answers as plain data, so that routes are functions that tests call without a socket.
// Values; any thread.
#pragma once

#include <QByteArray>

#include <functional>
#include <utility>
#include <vector>

namespace odin {

struct HttpRequest
{
    QByteArray method;
    QByteArray path;
    QByteArray query;
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    QByteArray peer = {};     ///< address of who asks
    QByteArray argument = {}; ///< what stands for {} in the route

    /// First field of that name, in any case; empty when there is none.
    QByteArray field(QByteArrayView name) const;
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = "text/plain; charset=utf-8";
    QByteArray body;
    std::vector<std::pair<QByteArray, QByteArray>> fields;
};

using HttpHandler = std::function<HttpResponse(const HttpRequest &)>;

/// RFC 9457 application/problem+json.
HttpResponse problem(int status, const QByteArray &title, const QByteArray &detail = {});

} // namespace odin
