#include "core/http/contentcoding.h"

#include <QByteArrayList>

#include <optional>

namespace odin {

namespace {

// "gzip;q=0.5": its weight if it is about this name; 1 without a q.
std::optional<double> weightIn(const QByteArray &element, QByteArrayView name)
{
    const auto parts = element.split(';');
    if (parts.first().trimmed().compare(name, Qt::CaseInsensitive) != 0)
        return {};
    for (const auto &part : parts.mid(1)) {
        const auto parameter = part.trimmed();
        if (!parameter.toLower().startsWith("q="))
            continue;
        bool ok = false;
        const double weight = parameter.mid(2).toDouble(&ok);
        return ok && weight >= 0 && weight <= 1 ? weight : 0;
    }
    return 1;
}

} // namespace

QByteArrayView codingName(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Identity: return "identity";
    case ContentCoding::Gzip: return "gzip";
    case ContentCoding::Brotli: return "br";
    }
    return {};
}

QByteArrayView codingSuffix(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Identity: return "";
    case ContentCoding::Gzip: return ".gz";
    case ContentCoding::Brotli: return ".br";
    }
    return {};
}

double codingWeight(const QByteArray &acceptEncoding, ContentCoding coding)
{
    std::optional<double> named, any;
    for (const auto &element : acceptEncoding.split(',')) {
        if (const auto weight = weightIn(element, codingName(coding)))
            named = weight;
        if (const auto weight = weightIn(element, "*"))
            any = weight;
    }
    if (named)
        return *named;
    if (any)
        return *any;
    // Never named, identity is acceptable, and less wanted than anything that is.
    return coding == ContentCoding::Identity ? 0.0001 : 0;
}

} // namespace odin
