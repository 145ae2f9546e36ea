#include "core/shard/doorverdict.h"

#include "core/model/limits.h"

#include <algorithm>

namespace odin {

namespace {

// QtWebSockets reads no longer lines, and then ends the connection without an answer.
constexpr qsizetype upgradeLineBytesMax = 8 * 1024;

const char *statusPhrase(int status)
{
    switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Refused";
    }
}

bool asksForUpgrade(const RequestHead &head)
{
    return head.fieldHas("upgrade", "websocket") && head.fieldHas("connection", "upgrade");
}

bool isHandshakeKey(QByteArrayView key) // RFC 6455 section 4.1: 16 bytes in base64
{
    const auto decoded = QByteArray::fromBase64Encoding(key.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16;
}

bool hasLongLine(const RequestHead &head)
{
    const auto isLong = [](const auto &field) { return field.first.size() + field.second.size() + 4 > upgradeLineBytesMax; };
    return head.path.size() + head.query.size() + 16 > upgradeLineBytesMax || std::ranges::any_of(head.fields, isLong);
}

std::chrono::seconds retryAfter(Turnaway why)
{
    using std::chrono::duration_cast, std::chrono::seconds;
    switch (why) {
    case Turnaway::AddressRate: return seconds(1);
    case Turnaway::FailedLogins: return duration_cast<seconds>(limits::loginWindowMs);
    default: return duration_cast<seconds>(limits::retryAfterMs);
    }
}

DoorVerdict judgeUpgrade(const RequestHead &head)
{
    if (head.method != "GET")
        return HttpRefusal{405, "a WebSocket is opened with GET"};
    if (!asksForUpgrade(head))
        return HttpRefusal{426, "this address speaks WebSocket"};
    if (head.isHttp10)
        return HttpRefusal{505, "a WebSocket is opened with HTTP/1.1"};
    if (head.contentLength > 0)
        return HttpRefusal{400, "an upgrade has no body"};
    if (hasLongLine(head))
        return HttpRefusal{431, "a line of the request head is too large"};
    if (head.field("sec-websocket-version") != "13")
        return HttpRefusal{426, "WebSocket version 13 only"};
    if (!isHandshakeKey(head.field("sec-websocket-key")))
        return HttpRefusal{400, "malformed Sec-WebSocket-Key"};
    const auto tokens = head.parameter("tokens");
    if (!tokens)
        return OpenSession{};
    auto selection = parseTokenList(*tokens);
    if (!selection)
        return HttpRefusal{400, "tokens is a list of token ids or *"};
    return OpenSession{std::move(*selection)};
}

} // namespace

DoorVerdict judge(const RequestHead &head, WebSocketsAt where)
{
    if (head.path == "/ws" || (where == WebSocketsAt::Anywhere && asksForUpgrade(head)))
        return judgeUpgrade(head);
    if (asksForUpgrade(head))
        return HttpRefusal{404, "WebSockets are at /ws"};
    return ServeHttp{};
}

QByteArray refusalResponse(const HttpRefusal &refusal, Turnaway why)
{
    const auto body = QByteArray(refusal.reason) + '\n';
    QByteArray response = "HTTP/1.1 " + QByteArray::number(refusal.status) + ' ' + statusPhrase(refusal.status)
        + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\nCache-Control: no-store\r\n";
    if (refusal.status == 503 || refusal.status == 429)
        response += "Retry-After: " + QByteArray::number(qint64(retryAfter(why).count())) + "\r\n";
    if (refusal.status == 401) // RFC 6750: which check failed is nobody's business
        response += QByteArray("WWW-Authenticate: Bearer") + (why == Turnaway::WrongToken ? " error=\"invalid_token\"" : "") + "\r\n";
    if (refusal.status == 405)
        response += "Allow: GET\r\n";
    if (refusal.status == 426)
        response += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    return response + "\r\n" + body;
}

} // namespace odin
