// LoadTestSeries: the course of a load test, for the charts. Pure.
// Thread: one (main). Owner: LoadTest.
#pragma once

#include "ui/models/historyseries.h"
#include "ui/models/loadtestmessage.h"

namespace odin {

struct LoadTestSeries
{
    HistorySeries open;
    HistorySeries updatesPerSecond;
    HistorySeries p50Ms; ///< without the moments in which nothing was delivered, like the two below
    HistorySeries p99Ms;
    HistorySeries maxMs;
    qint64 newestMs = 0; ///< time of the newest reading since the start of the test

    /// `startMs`: when this run of odin-loadtest began, since the start of the test.
    void append(qint64 startMs, const LoadTestReading &reading)
    {
        newestMs = startMs + static_cast<qint64>(reading.seconds * 1000);
        open.append(newestMs, reading.open);
        updatesPerSecond.append(newestMs, reading.updatesPerSecond);
        if (!reading.p50Ms || !reading.p99Ms || !reading.maxMs)
            return;
        p50Ms.append(newestMs, *reading.p50Ms);
        p99Ms.append(newestMs, *reading.p99Ms);
        maxMs.append(newestMs, *reading.maxMs);
    }

    /// The smallest that holds it all, of those that charts have; beyond an hour the last one.
    std::chrono::milliseconds window() const
    {
        using std::chrono::minutes;
        for (const auto window : {minutes(1), minutes(2), minutes(5), minutes(15), minutes(30)}) {
            if (newestMs <= std::chrono::milliseconds(window).count())
                return window;
        }
        return limits::historyMsMax;
    }
};

} // namespace odin
