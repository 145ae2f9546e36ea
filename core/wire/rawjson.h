// Raw JSON: the pieces of an object or array as the publisher wrote them, so that digits and unknown fields
// can be relayed untouched. Stricter than QJsonDocument, which lets "\q", raw control characters, "1." and ".5"
// pass that a browser's JSON.parse refuses. Pure functions; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <optional>
#include <vector>

namespace odin {

/// The members ("key":value) of an object or the elements of an array, white space around them removed.
/// `container` must have been accepted by QJsonDocument; nothing is returned when it is not I-JSON (RFC 7493) otherwise:
/// strings and numbers at any depth as RFC 8259 has them, no half of a surrogate pair, no key of the object itself twice.
/// Nor is what is nested deeper than limits::payloadDepthMax. (Numbers beyond a double QJsonDocument refuses itself.)
std::optional<std::vector<QByteArrayView>> splitTopLevel(QByteArrayView container);

/// Key of a member that splitTopLevel() gave, as it is meant: without quotes, escapes resolved.
QByteArray keyOf(QByteArrayView member);

/// Value of such a member.
QByteArrayView rawValue(QByteArrayView member);

/// An object of these members without those whose key is in `dropped`, followed by `added` ("key":value,...).
QByteArray joinMembers(const std::vector<QByteArrayView> &members, std::initializer_list<QByteArrayView> dropped,
                       QByteArrayView added = {});

} // namespace odin
