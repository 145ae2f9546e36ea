#include "ui/stylesheet.h"

#include <QFile>

namespace odin {

QString styleSheet(const Palette &p)
{
    QFile file(QStringLiteral(":/styles/console.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto sheet = QString::fromUtf8(file.readAll());
    const auto colour = [&sheet](QLatin1String name, const QColor &value) { sheet.replace(name, value.name()); };
    colour(QLatin1String("@background"), p.background);
    colour(QLatin1String("@surface"), p.surface);
    colour(QLatin1String("@raised"), p.raised);
    colour(QLatin1String("@border"), p.border);
    colour(QLatin1String("@text"), p.text);
    colour(QLatin1String("@muted"), p.muted);
    colour(QLatin1String("@accent"), p.accent);
    colour(QLatin1String("@up"), p.up);
    colour(QLatin1String("@down"), p.down);
    colour(QLatin1String("@warning"), p.warning);
    colour(QLatin1String("@bad"), p.bad);
    return sheet;
}

} // namespace odin
