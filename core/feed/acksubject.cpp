#include "core/feed/acksubject.h"

#include <array>
#include <charconv>

namespace odin {
namespace {

constexpr std::string_view ackPrefix = "$JS.ACK.";
constexpr std::size_t shortTokens = 7;
constexpr std::size_t longTokens = 9; // and whatever a newer server appends

using Tokens = std::array<std::string_view, longTokens>;

std::size_t split(std::string_view text, Tokens &into)
{
    std::size_t count = 0;
    while (count < into.size()) {
        const std::size_t dot = text.find('.');
        into[count++] = text.substr(0, dot);
        if (dot == text.npos)
            break;
        text.remove_prefix(dot + 1);
    }
    return count;
}

template<class Number>
bool read(std::string_view token, Number &into)
{
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), into);
    return error == std::errc() && end == token.data() + token.size();
}

} // namespace

std::optional<Delivery> parseAckSubject(std::string_view subject)
{
    if (!subject.starts_with(ackPrefix))
        return {};
    Tokens tokens;
    const std::size_t count = split(subject.substr(ackPrefix.size()), tokens);
    if (count != shortTokens && count != longTokens)
        return {};
    const std::string_view *numbers = tokens.data() + (count - 4);
    Delivery delivery;
    if (!read(numbers[0], delivery.streamSeq) || !read(numbers[1], delivery.consumerSeq)
        || !read(numbers[2], delivery.storedNs) || !read(numbers[3], delivery.pending))
        return {};
    return delivery;
}

} // namespace odin
