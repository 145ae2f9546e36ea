#include "core/http/adminroutes.h"

#include "core/http/clientjson.h"
#include "core/http/metrics.h"
#include "core/http/status.h"
#include "core/model/limits.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace odin {

namespace {

constexpr int rowsMax = 1000; // of one answer

HttpResponse json(const QByteArray &body) { return {200, "application/json", body, {}}; }

HttpResponse accepted() { return {202, "application/json", "{}", {}}; }

HttpResponse askAgain()
{
    auto response = problem(503, "Service Unavailable", "the clients are being looked for, ask again");
    response.fields.emplace_back("Retry-After", "1");
    return response;
}

ClientQuery queryOf(const HttpRequest &request)
{
    const QUrlQuery asked(QString::fromUtf8(request.query));
    const auto number = [&](const char *name, int otherwise) {
        bool ok = false;
        const int value = asked.queryItemValue(QLatin1String(name)).toInt(&ok);
        return ok ? value : otherwise;
    };
    ClientQuery query;
    query.filter = asked.queryItemValue(QStringLiteral("filter"), QUrl::FullyDecoded);
    query.column = ClientColumn::Id;
    query.first = std::max(0, number("first", 0));
    query.count = std::clamp(number("count", 100), 1, rowsMax);
    return query;
}

// {"maxHz": number} or {"maxHz": null}; nothing when it is neither.
std::optional<std::optional<double>> limitOf(const QByteArray &body)
{
    const auto maxHz = QJsonDocument::fromJson(body).object().value(QLatin1String("maxHz"));
    if (maxHz.isNull())
        return std::optional<double>();
    if (!maxHz.isDouble() || !(maxHz.toDouble() >= limits::latestHzMin && maxHz.toDouble() <= limits::latestHzMax))
        return {};
    return maxHz.toDouble();
}

void addReadings(Router &router, AdminAccess &access, GatewayState &state, CounterSources counters, SnapshotSource snapshot)
{
    router.get("/livez", [](const HttpRequest &) { return HttpResponse{200, "text/plain; charset=utf-8", "ok\n", {}}; });
    router.get("/metrics", access.reading([&state, counters](const HttpRequest &) {
        return HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metricsText(counters, state), {}};
    }));
    router.get("/api/v1/status", access.reading([snapshot](const HttpRequest &) { return json(statusJson(*snapshot())); }));
}

void addClients(Router &router, AdminAccess &access, const AdminActions &actions)
{
    router.get("/api/v1/clients", access.confidential([actions](const HttpRequest &request, const QByteArray &) {
        const auto query = queryOf(request);
        const auto listing = actions.clients(query);
        return listing && listing->answers(query) ? json(clientsJson(*listing)) : askAgain();
    }));
    router.get("/api/v1/clients/{}", access.confidential([actions](const HttpRequest &request, const QByteArray &) {
        const auto client = actions.client(request.argument);
        if (!client || client->id != request.argument)
            return askAgain();
        return client->isConnected ? json(clientJson(*client)) : problem(404, "Not Found", "no such client");
    }));
    router.on("DELETE", "/api/v1/clients/{}", access.changing([actions](const HttpRequest &request, const QByteArray &) {
        actions.disconnect(request.argument);
        return accepted();
    }));
    router.post("/api/v1/clients/{}/limit", access.changing([actions](const HttpRequest &request, const QByteArray &) {
        const auto limit = limitOf(request.body);
        if (!limit)
            return problem(400, "Bad Request", "{\"maxHz\": number} or {\"maxHz\": null}");
        actions.limit(request.argument, *limit);
        return accepted();
    }));
}

} // namespace

void addAdminRoutes(Router &router, AdminAccess &access, GatewayState &state, CounterSources counters,
                    SnapshotSource snapshot, AdminActions actions)
{
    addReadings(router, access, state, std::move(counters), snapshot);
    addClients(router, access, actions);
    router.post("/api/v1/drain", access.changing([actions](const HttpRequest &, const QByteArray &) {
        actions.drain();
        return accepted();
    }));
    router.post("/api/v1/reload", access.changing([actions](const HttpRequest &, const QByteArray &) {
        actions.reload();
        return accepted();
    }));
}

} // namespace odin
