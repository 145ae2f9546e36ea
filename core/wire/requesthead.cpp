#include "core/wire/requesthead.h"

#include "core/model/limits.h"

#include <QList>

#include <algorithm>

namespace odin {

namespace {

bool isTokenChar(char c) // RFC 9110 section 5.6.2
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar); }

bool isVisible(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; }

bool isFieldText(char c) { return c == '\t' || c == ' ' || isVisible(c); }

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
    if (!isToken(method) || !target.startsWith('/') || !std::all_of(target.begin(), target.end(), isVisible))
        return HttpRefusal{400, "malformed request line"};
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return HttpRefusal{505, "HTTP/1.1 only"};
    const auto question = target.indexOf('?');
    head.method = method.toByteArray();
    head.path = (question < 0 ? target : target.first(question)).toByteArray();
    head.query = (question < 0 ? QByteArrayView() : target.sliced(question + 1)).toByteArray();
    return {};
}

std::optional<HttpRefusal> parseField(QByteArrayView line, RequestHead &head)
{
    const auto colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return HttpRefusal{400, "malformed header field"};
    const auto value = line.sliced(colon + 1).trimmed();
    if (!std::all_of(value.begin(), value.end(), isFieldText))
        return HttpRefusal{400, "malformed header field"};
    if (head.fields.size() >= limits::headFieldsMax)
        return HttpRefusal{431, "too many header fields"};
    head.fields.emplace_back(line.first(colon).toByteArray().toLower(), value.toByteArray());
    return {};
}

std::size_t countOf(const RequestHead &head, QByteArrayView name)
{
    return std::size_t(std::count_if(head.fields.begin(), head.fields.end(),
                                     [&](const auto &field) { return field.first == name; }));
}

// What a body may look like: at most one length, in digits; anything else invites request smuggling.
std::optional<HttpRefusal> checkFraming(RequestHead &head)
{
    if (countOf(head, "host") != 1)
        return HttpRefusal{400, "exactly one Host field is needed"};
    if (countOf(head, "transfer-encoding") > 0)
        return HttpRefusal{501, "Transfer-Encoding is not supported"};
    const auto lengths = countOf(head, "content-length");
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

} // namespace

QByteArrayView RequestHead::field(QByteArrayView name) const
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto &field) { return field.first == name; });
    return found == fields.end() ? QByteArrayView() : QByteArrayView(found->second);
}

bool RequestHead::fieldHas(QByteArrayView name, QByteArrayView word) const
{
    const auto words = field(name).toByteArray().split(',');
    return std::any_of(words.begin(), words.end(), [&](const QByteArray &entry) {
        return entry.trimmed().compare(word, Qt::CaseInsensitive) == 0;
    });
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
    if (end > limits::headBytesMax || (end < 0 && bytes.size() >= limits::headBytesMax))
        return HttpRefusal{431, "the request head is too large"};
    if (end < 0)
        return HeadIncomplete{};

    RequestHead head;
    bool first = true;
    for (qsizetype at = 0; at <= end;) {
        const auto lineEnd = bytes.indexOf("\r\n", at);
        const auto line = bytes.sliced(at, lineEnd - at);
        const auto refusal = first ? parseRequestLine(line, head) : parseField(line, head);
        if (refusal)
            return *refusal;
        first = false;
        at = lineEnd + 2;
    }
    if (const auto refusal = checkFraming(head))
        return *refusal;
    return head;
}

} // namespace odin
