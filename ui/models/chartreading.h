// ChartReading: what a chart's lines say at one time.
// Thread: any. Owner: values and pure functions.
#pragma once

#include <QList>
#include <QPointF>

#include <optional>

namespace odin {

struct ChartReading
{
    double x = 0; ///< of the point nearest to where was asked
    QList<std::optional<double>> values; ///< one for each line; nothing where a line has no point near x
};

/// Lines by x. Points up to `reach` beside x belong to it: lines need not have been measured at the same times.
std::optional<ChartReading> readChart(const QList<QList<QPointF>> &lines, double x, double reach);

} // namespace odin
