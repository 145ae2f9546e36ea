// Requests to the admin port, from bytes to answer: the head's parser, the router and the routes that both ports have
// in common.
#include "core/flow/gatewaystate.h"
#include "core/http/publicroutes.h"
#include "core/http/status.h"
#include "core/wire/requesthead.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>

#include <memory>

using namespace odin;
using fuzz::require;

namespace {

const GatewayState &state()
{
    static GatewayState one("fuzz");
    return one;
}

const Router &router()
{
    static const Router one = [] {
        Router made;
        const auto snapshot = std::make_shared<const GatewaySnapshot>();
        addPublicRoutes(made, state(), [snapshot] { return snapshot; });
        made.get("/api/v1/status", [snapshot](const HttpRequest &) {
            return HttpResponse{200, "application/json", statusJson(*snapshot), {}};
        });
        made.post("/api/v1/drain", [](const HttpRequest &request) {
            if (!QJsonDocument::fromJson(request.body).isObject())
                return problem(400, "Bad Request", "a JSON object is needed");
            return HttpResponse{};
        });
        return made;
    }();
    return one;
}

bool isClean(const QByteArray &text) { return !text.contains('\r') && !text.contains('\n'); }

void checkAnswer(const HttpResponse &response)
{
    require(response.status >= 200 && response.status < 600, "a status");
    require(response.status != 500, "no handler fails");
    require(isClean(response.contentType), "one line");
    for (const auto &[name, value] : response.fields)
        require(!name.isEmpty() && isClean(name) && isClean(value), "no field breaks out of its line");
    if (response.contentType.contains("json"))
        require(!QJsonDocument::fromJson(response.body).isNull(), "JSON is JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::view(data, size);
    const auto parsed = parseRequestHead(bytes);
    const auto *head = std::get_if<RequestHead>(&parsed);
    if (!head)
        return 0;
    const auto body = bytes.sliced(bytes.indexOf("\r\n\r\n") + 4);
    checkAnswer(router().route({head->method, head->path, head->query, body.toByteArray(), head->fields}));
    checkAnswer(problem(418, head->path, head->query));
    return 0;
}
