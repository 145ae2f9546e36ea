// Messages of publishers: what is forwarded is what was checked, in JSON that everybody reads alike.
// The first byte chooses the subject.
#include "core/wire/buspayload.h"
#include "core/model/limits.h"
#include "core/wire/rawjson.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cmath>

using namespace odin;
using fuzz::require;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;

void checkForwarded(const Update &update)
{
    const auto document = QJsonDocument::fromJson(update.json);
    require(document.isObject(), "it is JSON still");
    require(update.json.startsWith('{') && update.json.endsWith('}'), "nothing stands around it");
    require(splitTopLevel(update.json).has_value(), "it is strict JSON");
    const auto object = document.object();
    for (const char *reserved : {"seq", "prev", "conflated"})
        require(!object.contains(QLatin1String(reserved)), "no field contradicts the gateway's own");
    if (object.contains(QLatin1String("timestamp")))
        require(object.value(QLatin1String("timestamp")).toDouble() <= double(nowMs + limits::futureMsMax.count()),
                "not from the future");
    if (update.channel == Channel::Market)
        return;
    require(isValidTokenId(update.token) && object.value(QLatin1String("tokenId")).toString().toUtf8() == update.token,
            "the token that was checked");
    if (update.channel != Channel::Price)
        return;
    require(std::isfinite(update.price) && update.price >= 0
                && object.value(QLatin1String("price")).toDouble(-1) == update.price,
            "the price that was checked");
    require(object.value(QLatin1String("nonce")).isString(), "a nonce");
    require(object.value(QLatin1String("type")).toString() == QLatin1String("price:update"),
            "the type that was checked");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::array<QByteArray, 6> subjects{"odin.tokens.BTC.price", "odin.tokens.BTC.volume", batchSubject,
                                                    marketSubject,           "odin.tokens.B C.price",  "odin.else"};
    if (size == 0)
        return 0;
    const auto &subject = subjects[data[0] % subjects.size()];
    const auto payload = fuzz::view(data + 1, size - 1);
    const auto decoded = decodeBusMessage(subject, payload, nowMs);
    require(decoded.updates.size() + decoded.refusals.size() <= std::size_t(limits::batchUpdatesMax),
            "a message has a bound");
    require(subject == batchSubject || decoded.updates.size() + decoded.refusals.size() == 1,
            "one message, one verdict");
    for (const auto &update : decoded.updates)
        checkForwarded(update);
    for (const auto refusal : decoded.refusals)
        require(*refusalName(refusal), "a refusal has a name");
    return 0;
}
