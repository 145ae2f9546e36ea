#include "core/http/staticfiles.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace odin {

namespace {

QByteArray contentType(const QString &suffix)
{
    static const std::map<QString, QByteArray> types{
        {QStringLiteral("html"), "text/html; charset=utf-8"}, {QStringLiteral("js"), "text/javascript; charset=utf-8"},
        {QStringLiteral("css"), "text/css; charset=utf-8"},   {QStringLiteral("svg"), "image/svg+xml"},
        {QStringLiteral("json"), "application/json"},         {QStringLiteral("woff2"), "font/woff2"},
        {QStringLiteral("png"), "image/png"},                 {QStringLiteral("ico"), "image/x-icon"}};
    const auto type = types.find(suffix);
    return type == types.end() ? "application/octet-stream" : type->second;
}

// The page loads nothing but its own files and talks to nothing but its own server.
constexpr char contentSecurityPolicy[] = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
                                         "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpResponse fileResponse(const QString &path, const QString &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return problem(500, "Internal Server Error");
    HttpResponse response{200, contentType(QFileInfo(name).suffix()), file.readAll(), {}};
    const auto hash = QCryptographicHash::hash(response.body, QCryptographicHash::Sha256).toHex().left(32);
    response.fields = {{"ETag", '"' + hash + '"'},
                       {"Cache-Control", name.startsWith(QLatin1String("/assets/"))
                            ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (name.endsWith(QLatin1String(".html"))) {
        response.fields.emplace_back("Content-Security-Policy", contentSecurityPolicy);
        response.fields.emplace_back("Referrer-Policy", "no-referrer");
    }
    return response;
}

HttpHandler handlerFor(HttpResponse file)
{
    return [file = std::move(file)](const HttpRequest &request) {
        // A list, or weakened by a proxy that compresses: the quoted hash is in it all the same.
        if (!request.field("If-None-Match").contains(file.fields.front().second))
            return file;
        return HttpResponse{304, file.contentType, {}, file.fields};
    };
}

} // namespace

void addStaticFiles(Router &router, const QString &folder)
{
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = files.next();
        const auto name = path.mid(folder.size());
        const auto handler = handlerFor(fileResponse(path, name));
        router.get(name.toUtf8(), handler);
        if (name == QLatin1String("/index.html"))
            router.get("/", handler);
    }
}

} // namespace odin
