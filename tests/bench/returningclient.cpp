#include "tests/bench/returningclient.h"

#include <charconv>

namespace odin::bench {

namespace {

// The rest behind `"name":` where it stands last: an update's own fields come before those of the gateway.
std::string_view behind(std::string_view payload, std::string_view name)
{
    const auto at = payload.rfind(name);
    return at == std::string_view::npos ? std::string_view() : payload.substr(at + name.size());
}

std::uint64_t seqOf(std::string_view payload)
{
    const auto text = behind(payload, "\"seq\":");
    std::uint64_t seq = 0;
    std::from_chars(text.data(), text.data() + text.size(), seq);
    return seq;
}

bool isOf(std::string_view payload, std::string_view type) { return behind(payload, "\"type\":").starts_with(type); }

} // namespace

void ReturningClient::text(std::string_view payload)
{
    if (payload.starts_with(R"({"type":"price:update")"))
        return take(seqOf(payload));
    if (isOf(payload, "\"welcome\"")) {
        const auto epoch = behind(payload, "\"epoch\":\"");
        if (m_epoch.empty()) // later it is that of what it has seen, whatever a gateway says that has only just started
            m_epoch = epoch.substr(0, epoch.find('"'));
        if (m_comesBack)
            ask("*");
    } else if (isOf(payload, "\"subscribed\"")) {
        m_isReplaying = behind(payload, "\"recovered\":").starts_with("true");
        refused += behind(payload, "\"recovered\":").starts_with("false");
    } else if (isOf(payload, "\"resumed\"")) {
        through(seqOf(payload));
    }
}

void ReturningClient::resume(std::uint64_t seq, std::string_view token)
{
    next = seq + 1;
    ask(token);
}

void ReturningClient::comeBack()
{
    m_comesBack = true;
    returned.reset();
}

void ReturningClient::take(std::uint64_t seq)
{
    if (seq < next) {
        ++repeats;
        return;
    }
    holes += next == 0 ? 0 : seq - next;
    next = seq + 1;
    ++updates;
    replayed += m_isReplaying;
}

// The gateway names the newest that it has delivered: of all tokens this client must have it.
void ReturningClient::through(std::uint64_t seq)
{
    if (m_token == "*" && next != seq + 1)
        ++holes;
    m_isReplaying = false;
    returned = std::chrono::steady_clock::now();
}

void ReturningClient::ask(std::string_view token)
{
    m_token = token;
    replayed = 0;
    returned.reset();
    connection.send(R"({"type":"subscribe","tokens":[")" + m_token + R"("],"resume":{"epoch":")" + m_epoch
                    + R"(","seq":)" + std::to_string(next - 1) + "}}");
}

} // namespace odin::bench
