// UpdateReader: what a swarm needs of a server's message. Thousands of clients receive the same bytes, so what was read
// last is kept: to recognise a message costs a comparison, not a parse.
// Thread: confined to its worker's. Owner: a worker. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace odin::swarm {

/// One update, or an element of a snapshot.
struct UpdateFacts
{
    int token = 0;                ///< a small number of this reader's
    std::int64_t seq = 0;
    std::int64_t prev = 0;        ///< 0: none known
    std::int64_t conflated = 0;   ///< updates that this one replaced
    std::int64_t timestampMs = 0; ///< the publisher's clock; 0: it has none
};

enum class MessageKind { Update, Snapshot, Welcome, Subscribed, Resumed, Pong, Other };

class UpdateReader
{
public:
    static MessageKind kindOf(std::string_view text);

    /// Of a price:update. Valid until the next call.
    const UpdateFacts &read(std::string_view text);
    /// Each element of a price:snapshot.
    void readSnapshot(std::string_view text, const std::function<void(const UpdateFacts &)> &visit);

private:
    struct Entry
    {
        std::string text;
        UpdateFacts facts;
    };
    UpdateFacts parse(std::string_view text);
    int tokenNumber(std::string_view token);

    std::array<Entry, 256> m_recent;
    std::unordered_map<std::string, int> m_tokens;
};

/// The whole number behind "name": in a message; 0 when it is not there.
std::int64_t numberOf(std::string_view text, std::string_view name);
/// The string behind "name":" without escapes; empty when it is not there.
std::string_view textOf(std::string_view text, std::string_view name);
/// The strings, without escapes, of the array behind "name":[ in a message.
std::vector<std::string> textsOf(std::string_view text, std::string_view name);

} // namespace odin::swarm
