// What the charts of the HTML report share. Pure functions; any thread.
#pragma once

#include <QString>

namespace odin::swarm::svg {

inline constexpr double width = 900, left = 60, bottom = 40, right = 90, top = 10;

inline QString label(double x, double y, const QString &text, const char16_t *anchor)
{
    return QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\">%4</text>").arg(x).arg(y).arg(QString::fromUtf16(anchor), text);
}

/// A line of the grid and its name on the left.
inline QString gridLine(double y, const QString &name)
{
    return QStringLiteral("<line x1=\"%1\" x2=\"%2\" y1=\"%3\" y2=\"%3\"/>").arg(left).arg(width - right).arg(y)
        + label(left - 8, y + 4, name, u"end");
}

inline QString start(double height, const QString &name)
{
    return QStringLiteral("<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">").arg(width).arg(height).arg(name);
}

inline QString curve(const QString &points, int dash)
{
    return QStringLiteral("<polyline points=\"%1\" stroke-dasharray=\"%2\"/>").arg(points).arg(dash);
}

} // namespace odin::swarm::svg
