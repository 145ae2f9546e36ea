#include "core/http/httpmessage.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

QByteArray HttpRequest::field(QByteArrayView name) const
{
    for (const auto &[key, value] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

HttpResponse problem(int status, const QByteArray &title, const QByteArray &detail)
{
    QJsonObject object{{QStringLiteral("title"), QString::fromUtf8(title)}, {QStringLiteral("status"), status}};
    if (!detail.isEmpty())
        object.insert(QStringLiteral("detail"), QString::fromUtf8(detail));
    return {status, "application/problem+json", QJsonDocument(object).toJson(QJsonDocument::Compact), {}};
}

} // namespace odin
