// Word match: whether what was typed is in a text, in its order, and how well it fits.
// Thread: any. Owner: none, a function.
#pragma once

#include <QString>

#include <optional>

namespace odin {

/// Nothing when not all that was typed is in the text in this order (case and spaces do not count). The greater, the
/// better: starts of words and letters side by side count most, and of equal fits the shorter text is first.
std::optional<int> wordMatch(QStringView typed, QStringView text);

} // namespace odin
