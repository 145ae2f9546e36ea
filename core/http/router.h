// Router: path and method -> handler; 404, 405 with Allow, HEAD, and the fields every answer carries. Pure.
// Thread: built once, then const: any. Owner: whoever serves it.
#pragma once

#include "core/http/httpmessage.h"

#include <map>
#include <memory>

namespace odin {

class Router
{
public:
    void get(const QByteArray &path, HttpHandler handler) { m_routes[path]["GET"] = std::move(handler); }
    /// For every path that has no route.
    void getOtherwise(HttpHandler handler) { m_otherwise["GET"] = std::move(handler); }
    void post(const QByteArray &path, HttpHandler handler) { on("POST", path, std::move(handler)); }
    /// {} in `path` stands for any one segment, which the handler finds in HttpRequest::argument.
    void on(const QByteArray &method, const QByteArray &path, HttpHandler handler)
    {
        m_routes[path][method] = std::move(handler);
    }

    /// Never throws; a handler that does is a 500. For HEAD the body is kept: whoever writes it out leaves it away.
    HttpResponse route(const HttpRequest &request) const;

private:
    using Methods = std::map<QByteArray, HttpHandler>;

    HttpResponse dispatch(HttpRequest request) const;
    const Methods &methodsFor(HttpRequest &request) const;

    std::map<QByteArray, Methods> m_routes;
    Methods m_otherwise;
};

} // namespace odin
