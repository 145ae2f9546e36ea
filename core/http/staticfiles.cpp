#include "core/http/staticfiles.h"

#include "core/http/webfile.h"
#include "core/model/limits.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <memory>
#include <optional>

namespace odin {

namespace {

constexpr std::array encodedCodings{ContentCoding::Gzip, ContentCoding::Brotli};

std::optional<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > limits::webFileBytesMax)
        return {};
    return file.readAll();
}

QString twinOf(const QString &path, ContentCoding coding) { return path + QString::fromLatin1(codingSuffix(coding)); }

// It is beside the file that it stands for.
bool isTwin(const QString &path)
{
    for (const auto coding : encodedCodings) {
        const auto suffix = QString::fromLatin1(codingSuffix(coding));
        if (path.endsWith(suffix) && QFileInfo(path.chopped(suffix.size())).isFile())
            return true;
    }
    return false;
}

HttpHandler handlerFor(const QString &path, const QString &name)
{
    const auto content = contentOf(path);
    if (!content)
        return [](const HttpRequest &) { return problem(500, "Internal Server Error"); };
    const auto freshness = name.startsWith(QLatin1String("/assets/")) ? Freshness::Forever : Freshness::Checked;
    const auto file = std::make_shared<WebFile>(name, *content, freshness);
    for (const auto coding : encodedCodings) {
        if (const auto encoded = contentOf(twinOf(path, coding)))
            file->add(coding, *encoded);
    }
    return [file = std::shared_ptr<const WebFile>(file)](const HttpRequest &request) { return file->answer(request); };
}

// Empty, ".", ".." and hidden names lead to nothing.
bool isPlain(const QString &path)
{
    const auto names = path.mid(1).split(QLatin1Char('/'));
    return path.startsWith(QLatin1Char('/')) && std::none_of(names.begin(), names.end(), [](const QString &name) {
               return name.isEmpty() || name.startsWith(QLatin1Char('.')) || name.contains(QChar(0));
           });
}

// Empty for what is not there, or is reached through a link that leads out of the folder.
QString fileBelow(const QString &folder, const QString &path)
{
    if (!isPlain(path))
        return {};
    const QFileInfo file(folder + path);
    const auto root = QFileInfo(folder).canonicalFilePath() + QLatin1Char('/');
    return file.isFile() && file.canonicalFilePath().startsWith(root) ? file.canonicalFilePath() : QString();
}

} // namespace

void addStaticFiles(Router &router, const QString &folder)
{
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = files.next();
        if (isTwin(path))
            continue;
        const auto name = path.mid(folder.size());
        const auto handler = handlerFor(path, name);
        router.get(name.toUtf8(), handler);
        if (name == QLatin1String("/index.html"))
            router.get("/", handler);
    }
}

void addWebFolder(Router &router, const QString &folder)
{
    router.getOtherwise([folder](const HttpRequest &request) {
        const auto name = request.path == "/" ? QStringLiteral("/index.html") : QString::fromUtf8(request.path);
        const auto path = fileBelow(folder, name);
        const auto content = path.isEmpty() ? std::nullopt : contentOf(path);
        return content ? WebFile(name, *content, Freshness::Checked).answer(request) : problem(404, "Not Found");
    });
}

} // namespace odin
