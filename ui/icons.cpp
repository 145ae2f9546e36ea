#include "ui/icons.h"

#include <QColor>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace odin {

namespace {

QByteArray drawing(const QString &name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap rendered(const QByteArray &svg, int pixels)
{
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    return pixmap;
}

} // namespace

QIcon appIcon()
{
    const auto svg = drawing(QStringLiteral("odin"));
    QIcon icon;
    for (const int pixels : {16, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(rendered(svg, pixels));
    return icon;
}

QPixmap tintedIcon(const QString &name, const QColor &colour, int size, qreal devicePixelRatio)
{
    auto svg = drawing(name);
    svg.replace("currentColor", colour.name().toLatin1());
    auto pixmap = rendered(svg, qRound(size * devicePixelRatio));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace odin
