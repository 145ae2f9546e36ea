#include "ui/models/wordmatch.h"

#include <algorithm>
#include <vector>

namespace odin {

namespace {

constexpr int perLetter = 100;
constexpr int wordStart = 60;
constexpr int sideBySide = 50;
constexpr int textLengthMax = 99; // less than one letter counts
constexpr int none = -1;

bool startsWord(QStringView text, qsizetype at) { return at == 0 || !text[at - 1].isLetterOrNumber(); }

} // namespace

// best[i]: of what was typed so far, with its last letter at i of the text. Each further letter takes the best place
// before.
std::optional<int> wordMatch(QStringView typed, QStringView text)
{
    const auto size = text.size();
    std::vector<int> best(static_cast<std::size_t>(size), none);
    bool any = false;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        std::vector<int> next(best.size(), none);
        int before = none; // best of all places more than one to the left
        for (qsizetype i = 0; i < size; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const int left = i > 0 ? best[at - 1] : none;
            if (text[i].toCaseFolded() == letter.toCaseFolded()) {
                const int from = any ? std::max(before, left == none ? none : left + sideBySide) : 0;
                if (from != none)
                    next[at] = from + perLetter + (startsWord(text, i) ? wordStart : 0);
            }
            before = std::max(before, left);
        }
        best = std::move(next);
        any = true;
    }
    const int found = !any ? 0 : best.empty() ? none : *std::ranges::max_element(best);
    if (found == none)
        return std::nullopt;
    return found + textLengthMax - int(std::min<qsizetype>(size, textLengthMax));
}

} // namespace odin
