#include "core/security/jwttext.h"

#include "core/wire/rawjson.h"

#include <QJsonDocument>

namespace odin {

namespace {

constexpr auto urlEncoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

// QByteArray lets padding and stray bits pass. Encoded anew, every other spelling looks different.
std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    auto decoded =
        QByteArray::fromBase64Encoding(text.toByteArray(), urlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64(urlEncoding) != text)
        return {};
    return std::move(decoded.decoded);
}

QByteArray toBase64Url(QByteArrayView bytes) { return bytes.toByteArray().toBase64(urlEncoding); }

std::optional<QJsonObject> strictObject(QByteArrayView json)
{
    if (!json.trimmed().startsWith('{')) // QJsonDocument would skip a byte order mark
        return {};
    const auto object = QJsonDocument::fromJson(json.toByteArray()).object();
    if (object.isEmpty())
        return {};
    const auto members = splitTopLevel(json);
    if (!members || qsizetype(members->size()) != object.size())
        return {};
    return object;
}

} // namespace odin
