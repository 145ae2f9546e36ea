#include "core/shard/credentials.h"

namespace odin {

namespace {

constexpr QByteArrayView scheme("bearer ");
constexpr QByteArrayView subprotocol("odin.bearer.");

std::optional<QByteArray> fromAuthorization(const RequestHead &head)
{
    const auto value = head.field("authorization");
    const bool isBearer = value.size() >= scheme.size() - 1
        && (value.toByteArray() + ' ').left(scheme.size()).toLower() == scheme; // the value lost the blanks at its end
    return isBearer ? std::optional(value.sliced(std::min(value.size(), scheme.size())).toByteArray().trimmed()) : std::nullopt;
}

std::optional<QByteArray> fromSubprotocols(const RequestHead &head)
{
    for (const auto &name : head.list("sec-websocket-protocol")) {
        if (!name.startsWith(subprotocol))
            continue;
        const auto token = QByteArray::fromBase64Encoding(
            name.mid(subprotocol.size()), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        return token ? token.decoded : QByteArray();
    }
    return {};
}

} // namespace

std::optional<QByteArray> tokenOf(const RequestHead &head, bool isTakenFromQuery)
{
    auto token = fromAuthorization(head);
    if (!token)
        token = fromSubprotocols(head);
    if (!token && isTakenFromQuery)
        token = head.parameter("access_token");
    return token;
}

} // namespace odin
