// Request heads: what is let through has one meaning.
#include "core/wire/requesthead.h"
#include "core/model/limits.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace odin;
using fuzz::require;

namespace {

bool isClean(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
}

void checkAccepted(const RequestHead &head, QByteArrayView bytes)
{
    require(
        std::count_if(head.fields.begin(), head.fields.end(), [](const auto &field) { return field.first == "host"; })
            == 1,
        "one Host");
    require(head.field("transfer-encoding").isNull(), "no Transfer-Encoding");
    require(head.contentLength >= 0 && head.contentLength <= limits::bodyBytesMax, "the length has a bound");
    require(head.path.startsWith('/') && isClean(head.path) && isClean(head.query) && isClean(head.method),
            "a clean request line");
    require(head.fields.size() <= std::size_t(limits::headFieldsMax), "fields have a bound");
    for (const auto &[name, value] : head.fields)
        require(name == name.toLower() && name == name.trimmed() && isClean(name) && isClean(value)
                    && value == value.trimmed(),
                "clean fields");
    require(bytes.indexOf("\r\n\r\n") <= limits::headBytesMax, "a head has a bound");
}

void checkQuestions(const RequestHead &head)
{
    (void)head.parameter("tokens");
    (void)head.fieldHas("connection", "upgrade");
}

// The head alone says the same as with a body behind it, and less than it is incomplete or refused already.
void checkPrefixes(QByteArrayView bytes, const RequestHead &head)
{
    const auto end = bytes.indexOf("\r\n\r\n") + 4;
    const auto alone = parseRequestHead(bytes.first(end));
    const auto *again = std::get_if<RequestHead>(&alone);
    require(again && again->fields == head.fields && again->path == head.path && again->query == head.query,
            "the body changes nothing");
    for (const auto size : {end - 1, end / 2})
        require(!std::holds_alternative<RequestHead>(parseRequestHead(bytes.first(size))), "half a head is none");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::view(data, size);
    const auto parsed = parseRequestHead(bytes);
    if (const auto *head = std::get_if<RequestHead>(&parsed)) {
        checkAccepted(*head, bytes);
        checkQuestions(*head);
        checkPrefixes(bytes, *head);
    }
    if (const auto *refusal = std::get_if<HttpRefusal>(&parsed))
        require(refusal->status >= 400 && refusal->status < 600 && *refusal->reason, "a refusal says why");
    if (std::holds_alternative<HeadIncomplete>(parsed))
        require(bytes.size() < limits::headBytesMax, "waiting has a bound");
    return 0;
}
