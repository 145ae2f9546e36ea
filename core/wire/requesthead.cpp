#include "core/wire/requesthead.h"

#include "core/model/limits.h"

#include <QList>

#include <algorithm>
#include <array>

namespace odin {

namespace {

bool isTokenChar(char c) // RFC 9110 section 5.6.2
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar); }

bool isVisible(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; }

// Bytes beyond ASCII too (obs-text): some proxies add them. What is read of a head is checked further.
bool isFieldText(char c) { return c == '\t' || c == ' ' || isVisible(c); }

// As browsers send it: RFC 3986, and some characters that they leave as they are.
bool isTargetChar(char c) { return c > 0x20 && c < 0x7f && !QByteArrayView("\"#<>\\").contains(c); }

bool isHex(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

bool isTarget(QByteArrayView target)
{
    for (auto percent = target.indexOf('%'); percent >= 0; percent = target.indexOf('%', percent + 1)) {
        if (percent + 2 >= target.size() || !isHex(target[percent + 1]) || !isHex(target[percent + 2]))
            return false;
    }
    return target.startsWith('/') && std::all_of(target.begin(), target.end(), isTargetChar);
}

bool isVersion(QByteArrayView version) // HTTP/9.9
{
    const auto isDigit = [&](qsizetype at) { return version[at] >= '0' && version[at] <= '9'; };
    return version.size() == 8 && version.startsWith("HTTP/") && isDigit(5) && version[6] == '.' && isDigit(7);
}

// Only spaces and tabs: a CR or LF at the end is no blank.
QByteArrayView withoutBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

// What makes two programs see two different requests in the same bytes: seen before the head is complete.
bool isSmuggling(QByteArrayView bytes)
{
    for (auto at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r')
            return true;
    }
    for (auto at = bytes.indexOf('\r'); at >= 0; at = bytes.indexOf('\r', at + 1)) {
        if (at + 1 < bytes.size() && bytes[at + 1] != '\n')
            return true;
    }
    return bytes.contains('\0');
}

// GET /path?query HTTP/1.1
std::optional<HttpRefusal> parseRequestLine(QByteArrayView line, RequestHead &head)
{
    const auto first = line.indexOf(' ');
    const auto last = line.lastIndexOf(' ');
    if (first < 0 || last <= first)
        return HttpRefusal{400, "malformed request line"};
    const auto method = line.first(first);
    const auto target = line.sliced(first + 1, last - first - 1);
    const auto version = line.sliced(last + 1);
    if (!isToken(method) || !isTarget(target) || !isVersion(version))
        return HttpRefusal{400, "malformed request line"};
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return HttpRefusal{505, "HTTP/1.1 only"};
    const auto question = target.indexOf('?');
    head.method = method.toByteArray();
    head.isHttp10 = version == "HTTP/1.0";
    head.path = (question < 0 ? target : target.first(question)).toByteArray();
    head.query = (question < 0 ? QByteArrayView() : target.sliced(question + 1)).toByteArray();
    return {};
}

std::optional<HttpRefusal> parseField(QByteArrayView line, RequestHead &head)
{
    const auto colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return HttpRefusal{400, "malformed header field"};
    const auto value = withoutBlanks(line.sliced(colon + 1));
    if (!std::all_of(value.begin(), value.end(), isFieldText))
        return HttpRefusal{400, "malformed header field"};
    if (head.fields.size() >= limits::headFieldsMax)
        return HttpRefusal{431, "too many header fields"};
    head.fields.emplace_back(line.first(colon).toByteArray().toLower(), value.toByteArray());
    return {};
}

std::optional<HttpRefusal> checkHost(RequestHead &head)
{
    if (head.count("host") != 1)
        return HttpRefusal{400, "exactly one Host field is needed"};
    auto host = parseAuthority(head.field("host"));
    if (!host)
        return HttpRefusal{400, "malformed Host"};
    head.host = *std::move(host);
    return {};
}

// Of two, each of two programs could believe another.
bool hasDoubles(const RequestHead &head)
{
    static constexpr std::array single{"authorization", "sec-websocket-key", "sec-websocket-version"};
    return std::ranges::any_of(single, [&](const char *name) { return head.count(name) > 1; });
}

// What a body may look like: at most one length, in digits; anything else invites request smuggling.
std::optional<HttpRefusal> checkFraming(RequestHead &head)
{
    if (head.count("transfer-encoding") > 0)
        return HttpRefusal{501, "Transfer-Encoding is not supported"};
    if (head.count("expect") > 0)
        return HttpRefusal{417, "Expect is not supported"};
    const auto lengths = head.count("content-length");
    if (lengths == 0)
        return {};
    const auto text = head.field("content-length");
    const bool digits = !text.isEmpty() && text.size() <= 10
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (lengths > 1 || !digits)
        return HttpRefusal{400, "malformed Content-Length"};
    head.contentLength = text.toByteArray().toLongLong();
    if (head.contentLength > limits::bodyBytesMax)
        return HttpRefusal{413, "the body is too large"};
    return {};
}

std::optional<HttpRefusal> parseLines(QByteArrayView lines, RequestHead &head)
{
    auto refusal = parseRequestLine(lines.first(lines.indexOf("\r\n")), head);
    for (auto at = lines.indexOf("\r\n") + 2; at < lines.size() && !refusal;) {
        const auto end = lines.indexOf("\r\n", at);
        refusal = parseField(lines.sliced(at, end - at), head);
        at = end + 2;
    }
    return refusal;
}

} // namespace

std::size_t RequestHead::count(QByteArrayView name) const
{
    return std::size_t(std::ranges::count_if(fields, [&](const auto &field) { return field.first == name; }));
}

QByteArrayView RequestHead::field(QByteArrayView name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto &field) { return field.first == name; });
    return found == fields.end() ? QByteArrayView() : QByteArrayView(found->second);
}

std::vector<QByteArray> RequestHead::list(QByteArrayView name) const
{
    std::vector<QByteArray> entries;
    for (const auto &[key, value] : fields) {
        if (key != name)
            continue;
        for (const auto &entry : value.split(','))
            entries.push_back(withoutBlanks(entry).toByteArray());
    }
    return entries;
}

bool RequestHead::fieldHas(QByteArrayView name, QByteArrayView word) const
{
    return std::ranges::any_of(list(name),
                               [&](const QByteArray &entry) { return entry.compare(word, Qt::CaseInsensitive) == 0; });
}

std::optional<QByteArray> RequestHead::parameter(QByteArrayView name) const
{
    for (const auto &pair : query.split('&')) {
        const auto equals = pair.indexOf('=');
        if (equals >= 0 && QByteArrayView(pair).first(equals) == name)
            return QByteArray::fromPercentEncoding(pair.mid(equals + 1));
    }
    return {};
}

std::variant<HeadIncomplete, RequestHead, HttpRefusal> parseRequestHead(QByteArrayView bytes)
{
    const auto end = bytes.indexOf("\r\n\r\n");
    if (isSmuggling(bytes.first(end < 0 ? std::min<qsizetype>(bytes.size(), limits::headBytesMax) : end + 4)))
        return HttpRefusal{400, "a lone CR or LF, or a NUL"};
    if (end > limits::headBytesMax || (end < 0 && bytes.size() >= limits::headBytesMax + 4))
        return HttpRefusal{431, "the request head is too large"};
    if (end < 0)
        return HeadIncomplete{};

    RequestHead head;
    head.bytes = end + 4;
    if (const auto refusal = parseLines(bytes.first(end + 2), head))
        return *refusal;
    if (hasDoubles(head))
        return HttpRefusal{400, "a field that may come once came twice"};
    if (const auto refusal = checkHost(head))
        return *refusal;
    if (const auto refusal = checkFraming(head))
        return *refusal;
    return head;
}

} // namespace odin
