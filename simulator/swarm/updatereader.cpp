#include "simulator/swarm/updatereader.h"

#include <charconv>
#include <cstring>
#include <utility>

namespace odin::swarm {

namespace {

// Position behind "name": or npos.
std::size_t valueOf(std::string_view text, std::string_view name)
{
    std::string key;
    key.reserve(name.size() + 3);
    key.append(1, '"').append(name).append("\":");
    const auto at = text.find(key);
    return at == std::string_view::npos ? at : at + key.size();
}

// The end of an update differs from that of every other one near in time: it is the sequence.
std::size_t slotOf(std::string_view text, std::size_t slots)
{
    std::uint64_t end = 0;
    if (text.size() >= 2 * sizeof end)
        std::memcpy(&end, text.data() + text.size() - sizeof end - 1, sizeof end);
    return std::size_t((end * 0x9E3779B97F4A7C15u) >> 40) % slots; // Fibonacci hashing
}

} // namespace

std::int64_t numberOf(std::string_view text, std::string_view name)
{
    std::int64_t number = 0;
    if (const auto at = valueOf(text, name); at != std::string_view::npos)
        std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

std::string_view textOf(std::string_view text, std::string_view name)
{
    const auto at = valueOf(text, name);
    if (at == std::string_view::npos || at >= text.size() || text[at] != '"')
        return {};
    return text.substr(at + 1, text.find('"', at + 1) - at - 1);
}

MessageKind UpdateReader::kindOf(std::string_view text)
{
    static constexpr std::pair<std::string_view, MessageKind> kinds[] = {
        {"price:update", MessageKind::Update}, {"price:snapshot", MessageKind::Snapshot},
        {"welcome", MessageKind::Welcome},     {"subscribed", MessageKind::Subscribed},
        {"resumed", MessageKind::Resumed},     {"pong", MessageKind::Pong}};
    const auto type = textOf(text, "type"); // anywhere: publishers order their fields as they like
    for (const auto &[word, kind] : kinds) {
        if (type == word)
            return kind;
    }
    return MessageKind::Other;
}

const UpdateFacts &UpdateReader::read(std::string_view text)
{
    auto &entry = m_recent[slotOf(text, m_recent.size())];
    if (entry.text != text)
        entry = {std::string(text), parse(text)};
    return entry.facts;
}

std::vector<std::string> textsOf(std::string_view text, std::string_view name)
{
    std::vector<std::string> all;
    const auto key = '"' + std::string(name) + "\":[";
    const auto start = text.find(key);
    if (start == std::string_view::npos)
        return all;
    auto rest = text.substr(start + key.size());
    rest = rest.substr(0, rest.find(']'));
    for (auto open = rest.find('"'); open != std::string_view::npos; open = rest.find('"')) {
        const auto close = rest.find('"', open + 1);
        if (close == std::string_view::npos)
            break;
        all.emplace_back(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return all;
}

void UpdateReader::readSnapshot(std::string_view text, const std::function<void(const UpdateFacts &)> &visit)
{
    constexpr std::string_view start = "\"tokenId\":";
    for (auto at = text.find(start); at != std::string_view::npos;) {
        const auto next = text.find(start, at + 1);
        visit(parse(text.substr(at, next == std::string_view::npos ? next : next - at)));
        at = next;
    }
}

UpdateFacts UpdateReader::parse(std::string_view text)
{
    return {tokenNumber(textOf(text, "tokenId")), numberOf(text, "seq"), numberOf(text, "prev"), numberOf(text, "conflated"),
            numberOf(text, "timestamp")};
}

int UpdateReader::tokenNumber(std::string_view token)
{
    return m_tokens.emplace(token, int(m_tokens.size())).first->second;
}

} // namespace odin::swarm
