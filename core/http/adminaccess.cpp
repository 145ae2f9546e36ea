#include "core/http/adminaccess.h"

#include "core/base/log.h"
#include "core/model/limits.h"

#include <algorithm>

namespace odin {

namespace {

Q_LOGGING_CATEGORY(lcAudit, "odin.audit")

using std::chrono::steady_clock;

constexpr std::size_t visitorsMax = 1024; // addresses counted one by one
constexpr QByteArrayView bearer = "Bearer ";

HttpResponse tooMany()
{
    auto response = problem(429, "Too Many Requests", "slow down");
    response.fields.emplace_back("Retry-After", "60");
    return response;
}

HttpResponse unauthorized()
{
    auto response = problem(401, "Unauthorized", "Authorization: Bearer and the admin token, or a token of the role operator, are needed");
    response.fields.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

bool isJson(const QByteArray &contentType)
{
    return contentType.split(';').first().trimmed().compare("application/json", Qt::CaseInsensitive) == 0;
}

} // namespace

HttpHandler AdminAccess::reading(HttpHandler handler)
{
    if (m_readers == Readers::Operators)
        return confidential([handler](const HttpRequest &request, const QByteArray &) { return handler(request); });
    return [this, handler](const HttpRequest &request) {
        const auto refused = refusal(request);
        return refused ? *refused : handler(request);
    };
}

HttpHandler AdminAccess::confidential(Action action)
{
    return [this, action](const HttpRequest &request) {
        QByteArray who;
        const auto refused = identify(request, who);
        return refused ? *refused : action(request, who);
    };
}

HttpHandler AdminAccess::changing(Action action)
{
    return [this, action](const HttpRequest &request) {
        QByteArray who;
        auto refused = identify(request, who);
        if (!refused && !request.body.isEmpty() && !isJson(request.field("Content-Type")))
            refused = problem(415, "Unsupported Media Type", "Content-Type: application/json is needed");
        const auto response = refused ? *refused : action(request, who);
        qCInfo(lcAudit, "%s by %s from %s: %d", (request.method + ' ' + request.path).constData(),
               who.isEmpty() ? "nobody known" : who.constData(), request.peer.constData(), response.status);
        return response;
    };
}

std::optional<HttpResponse> AdminAccess::refusal(const HttpRequest &request)
{
    const auto now = steady_clock::now();
    const bool isWithin = visitor(request.peer, now).requests.take(now, limits::adminRequestsPerSecondMax,
                                                                   limits::adminRequestsBurstMax);
    return isWithin ? std::nullopt : std::optional(tooMany());
}

std::optional<HttpResponse> AdminAccess::identify(const HttpRequest &request, QByteArray &who)
{
    if (const auto refused = refusal(request))
        return refused;
    const auto authorization = request.field("Authorization");
    if (!authorization.startsWith(bearer))
        return unauthorized();
    auto &from = visitor(request.peer, steady_clock::now());
    // One failure is taken before the token is looked at, and given back when it is good: guesses have a price.
    if (!from.failures.take(steady_clock::now(), limits::adminFailuresPerMinuteMax / 60.0, limits::adminFailuresPerMinuteMax))
        return tooMany();
    const auto known = m_identify(authorization.mid(bearer.size()).trimmed());
    if (!known)
        return unauthorized();
    from.failures.give(1);
    who = *known;
    return {};
}

// Bounded: when there are too many, who was not seen for longest is forgotten.
AdminAccess::Visitor &AdminAccess::visitor(const QByteArray &address, SteadyTime now)
{
    if (m_visitors.size() >= visitorsMax && !m_visitors.contains(address))
        m_visitors.erase(std::ranges::min_element(m_visitors, {}, [](const auto &entry) { return entry.second.seen; }));
    auto &visitor = m_visitors[address];
    visitor.seen = now;
    return visitor;
}

} // namespace odin
