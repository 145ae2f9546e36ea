// The two encodings of which a token is made, read strictly: what has two spellings is refused. Pure functions; any
// thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

#include <optional>

namespace odin {

/// RFC 4648 section 5 without padding: no white space, and no bits behind the last byte.
std::optional<QByteArray> fromBase64Url(QByteArrayView text);
QByteArray toBase64Url(QByteArrayView bytes);

/// One object in RFC 8259's JSON, whose own members have a name each: which of two values counts would be a matter of
/// the parser.
std::optional<QJsonObject> strictObject(QByteArrayView json);

} // namespace odin
