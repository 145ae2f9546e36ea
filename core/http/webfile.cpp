#include "core/http/webfile.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace odin {

namespace {

QByteArray contentType(const QString &suffix)
{
    static const std::map<QString, QByteArray> types{{QStringLiteral("html"), "text/html; charset=utf-8"},
                                                     {QStringLiteral("js"), "text/javascript; charset=utf-8"},
                                                     {QStringLiteral("css"), "text/css; charset=utf-8"},
                                                     {QStringLiteral("svg"), "image/svg+xml"},
                                                     {QStringLiteral("json"), "application/json"},
                                                     {QStringLiteral("woff2"), "font/woff2"},
                                                     {QStringLiteral("png"), "image/png"},
                                                     {QStringLiteral("ico"), "image/x-icon"}};
    const auto type = types.find(suffix);
    return type == types.end() ? "application/octet-stream" : type->second;
}

// The page loads nothing but its own files, talks to nothing but its own server, and makes no markup out of text.
constexpr char contentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
    "'none'";

QByteArray cacheControl(Freshness freshness)
{
    return freshness == Freshness::Forever ? "public, max-age=31536000, immutable" : "no-cache";
}

QByteArray &fieldOf(HttpResponse &response, const QByteArray &name)
{
    for (auto &[key, value] : response.fields) {
        if (key == name)
            return value;
    }
    return response.fields.emplace_back(name, QByteArray()).second;
}

} // namespace

WebFile::WebFile(const QString &name, const QByteArray &content, Freshness freshness)
    : m_tag(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().left(32))
{
    HttpResponse plain{200, contentType(QFileInfo(name).suffix()), content, {}};
    plain.fields = {{"ETag", '"' + m_tag + '"'},
                    {"Cache-Control", cacheControl(freshness)},
                    {"Cross-Origin-Resource-Policy", "same-origin"}};
    if (name.endsWith(QLatin1String(".html"))) {
        plain.fields.emplace_back("Content-Security-Policy", contentSecurityPolicy);
        plain.fields.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
        plain.fields.emplace_back("Referrer-Policy", "no-referrer");
    }
    m_variants.emplace(ContentCoding::Identity, std::move(plain));
}

// Each encoding has a tag of its own: a cache must not mix their bytes up.
void WebFile::add(ContentCoding coding, const QByteArray &content)
{
    auto &plain = m_variants.at(ContentCoding::Identity);
    fieldOf(plain, "Vary") = "Accept-Encoding";
    auto encoded = plain;
    encoded.body = content;
    fieldOf(encoded, "ETag") = '"' + m_tag + '-' + codingName(coding).toByteArray() + '"';
    fieldOf(encoded, "Content-Encoding") = codingName(coding).toByteArray();
    m_variants.insert_or_assign(coding, std::move(encoded));
}

HttpResponse WebFile::answer(const HttpRequest &request) const
{
    const auto best = bestCoding(request.field("Accept-Encoding"),
                                 [this](ContentCoding coding) { return m_variants.contains(coding); });
    const auto &file = m_variants.at(best);
    const auto &tag = file.fields.front().second;
    // A list, or weakened by a proxy that compresses: the quoted tag is in it all the same.
    if (!request.field("If-None-Match").contains(tag))
        return file;
    return HttpResponse{304, file.contentType, {}, file.fields};
}

} // namespace odin
