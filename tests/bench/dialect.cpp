#include "tests/bench/dialect.h"

namespace odin::bench {

namespace {

using namespace std::string_literals;

// MQTT 3.1.1, sections 3.1 and 3.8: a clean session without keep-alive, and one topic with quality of service 0.
const auto mqttConnect = "\x10\x0C\0\4MQTT\4\2\0\0\0\0"s;
const auto mqttSubscribe = "\x82\x0B\0\1\0\6prices\0"s;
const auto natsHello = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB prices 1\r\n"s;

} // namespace

std::optional<Dialect> dialectOf(std::string_view name)
{
    if (name == "text")
        return Dialect{};
    if (name == "discard")
        return Dialect{.isDiscarding = true};
    if (name == "nats")
        return Dialect{.greeting = {natsHello}};
    if (name == "mqtt")
        return Dialect{.fields = "Sec-WebSocket-Protocol: mqtt\r\n", .greeting = {mqttConnect, mqttSubscribe}};
    return {};
}

} // namespace odin::bench
