// HistorySeries: the last hour of one number, bounded, and a view of it that a chart can afford to draw.
// Thread: one (main). Owner: GatewayHistory.
#pragma once

#include "core/model/limits.h"

#include <QList>
#include <QPointF>

#include <chrono>
#include <deque>
#include <optional>

namespace odin {

class HistorySeries
{
public:
    /// Forgets what is older than historyMsMax, and what lies after timeMs: a clock that was set back.
    void append(qint64 timeMs, double value);

    /// The window before nowMs: x in seconds before now (0 or less), at most chartPointsMax points. What does not fit
    /// is shown by the smallest and the largest value of each column, so that no peak is hidden. Columns stand still
    /// on the clock: a value stays in its column from one call to the next.
    QList<QPointF> shown(qint64 nowMs, std::chrono::milliseconds window) const;

    /// Mean of what was appended in the window before nowMs; nothing when nothing was.
    std::optional<double> mean(qint64 nowMs, std::chrono::milliseconds window) const;
    /// By how much a number that only counts up has grown in that time: 0 when it was never seen, or began anew.
    double growth(qint64 nowMs, std::chrono::milliseconds window) const;

    /// Forgets the oldest but so many.
    void keepNewest(std::size_t count);

    std::size_t size() const { return m_samples.size(); }

private:
    struct Sample
    {
        qint64 timeMs;
        double value;
    };
    using Samples = std::deque<Sample>;

    /// The first sample of the window before nowMs, and the one behind its last.
    std::pair<Samples::const_iterator, Samples::const_iterator> within(qint64 nowMs,
                                                                       std::chrono::milliseconds window) const;
    static void appendExtremes(QList<QPointF> &points, Samples::const_iterator from, Samples::const_iterator to,
                               qint64 nowMs);

    Samples m_samples; // by time
};

} // namespace odin
