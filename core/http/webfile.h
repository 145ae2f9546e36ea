// WebFile: one file of the page as an answer: its type, its ETag, and what a browser may do with it. Value; any thread.
#pragma once

#include "core/http/contentcoding.h"
#include "core/http/httpmessage.h"

#include <QString>

#include <map>

namespace odin {

/// How long a browser may go by what it has.
enum class Freshness { Forever, Checked };

class WebFile
{
public:
    /// `name` ("/index.html") tells the type.
    WebFile(const QString &name, const QByteArray &content, Freshness freshness);

    /// The same content, encoded.
    void add(ContentCoding coding, const QByteArray &content);

    /// In the encoding that the client prefers; 304 if it has that already.
    HttpResponse answer(const HttpRequest &request) const;

private:
    std::map<ContentCoding, HttpResponse> m_variants;
    QByteArray m_tag;
};

} // namespace odin
