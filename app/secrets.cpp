#include "app/secrets.h"

#include <QByteArrayView>
#include <QStringList>

#include <algorithm>

namespace odin {

namespace {

const QString hidden = QStringLiteral("***");
constexpr char scheme[] = "://";

// By hand: also of what is no valid URL.
QString withoutUserInfo(const QString &url, bool hasScheme)
{
    const auto at = url.lastIndexOf(QLatin1Char('@'));
    const auto mark = url.indexOf(QLatin1String(scheme));
    if (at < 0 || (mark < 0 && hasScheme))
        return url;
    const auto start = mark < 0 ? 0 : mark + qsizetype(sizeof scheme - 1);
    const auto colon = url.indexOf(QLatin1Char(':'), start);
    const bool hasName = colon >= 0 && colon < at;
    return url.left(hasName ? colon + 1 : start) + hidden + url.mid(at);
}

void overwrite(char *url, char *end)
{
    auto *const mark = std::search(url, end, scheme, scheme + sizeof scheme - 1);
    if (mark == end)
        return;
    auto *const start = mark + sizeof scheme - 1;
    auto *const at = std::find(std::make_reverse_iterator(end), std::make_reverse_iterator(start), '@').base();
    if (at != start)
        std::fill(start, at - 1, '*');
}

} // namespace

QString withoutSecrets(QStringView setting, const QString &value)
{
    QStringList parts;
    for (const auto &part : value.split(QLatin1Char(',')))
        parts.append(withoutUserInfo(part, setting != QLatin1String("nats")));
    return parts.join(QLatin1Char(','));
}

void hideSecrets(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        auto *const end = argv[i] + qstrlen(argv[i]);
        for (auto *part = argv[i]; part < end;) {
            auto *const comma = std::find(part, end, ',');
            overwrite(part, comma);
            part = comma == end ? end : comma + 1;
        }
    }
}

} // namespace odin
