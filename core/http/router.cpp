#include "core/http/router.h"

#include "core/base/log.h"

namespace odin {

namespace {

QByteArray allowed(const std::map<QByteArray, HttpHandler> &methods)
{
    QByteArray list = methods.contains("GET") ? "GET, HEAD" : "";
    for (const auto &[method, handler] : methods) {
        if (method != "GET")
            list += (list.isEmpty() ? "" : ", ") + method;
    }
    return list;
}

void setDefault(HttpResponse &response, const QByteArray &name, const QByteArray &value)
{
    for (const auto &field : response.fields) {
        if (field.first.compare(name, Qt::CaseInsensitive) == 0)
            return;
    }
    response.fields.emplace_back(name, value);
}

} // namespace

// A route with {} fits when one non-empty segment stands there.
const Router::Methods &Router::methodsFor(HttpRequest &request) const
{
    if (const auto route = m_routes.find(request.path); route != m_routes.end())
        return route->second;
    for (const auto &[path, methods] : m_routes) {
        const auto at = path.indexOf("{}");
        const auto tail = path.mid(at + 2);
        const auto size = request.path.size() - at - tail.size();
        if (at < 0 || size <= 0 || !request.path.startsWith(path.first(at)) || !request.path.endsWith(tail))
            continue;
        request.argument = request.path.mid(at, size);
        if (!request.argument.contains('/'))
            return methods;
    }
    return m_otherwise;
}

HttpResponse Router::dispatch(HttpRequest request) const
{
    const auto &methods = methodsFor(request);
    if (methods.empty())
        return problem(404, "Not Found");
    const auto handler = methods.find(request.method == "HEAD" ? "GET" : request.method);
    if (handler != methods.end())
        return handler->second(request);
    auto response = problem(405, "Method Not Allowed");
    response.fields.emplace_back("Allow", allowed(methods));
    return response;
}

HttpResponse Router::route(const HttpRequest &request) const
{
    HttpResponse response;
    try {
        response = dispatch(request);
    } catch (const std::exception &failure) {
        qCCritical(lcHttp, "a handler failed: %s", failure.what());
        response = problem(500, "Internal Server Error");
    }
    setDefault(response, "Cache-Control", "no-store");
    setDefault(response, "X-Content-Type-Options", "nosniff");
    setDefault(response, "Connection", "close");
    return response;
}

} // namespace odin
