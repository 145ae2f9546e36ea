// LoadTestLines: tells a program how far a load test is: JSON objects on standard output, one a line, as
// docs/loadtest.md describes them. Thread: the main one. Owner: main.
#pragma once

#include "app/loadtestoptions.h"
#include "simulator/swarm/ramp.h"
#include "simulator/swarm/report.h"

#include <QJsonObject>

#include <chrono>

namespace odin {

class LoadTestLines
{
public:
    /// `options` outlive it.
    explicit LoadTestLines(const LoadTestOptions &options) : m_options(options) { }

    void begin();
    /// A line every loadTestProgressMs, of the many calls.
    void show(const swarm::Progress &now);
    void end(const swarm::Step &step);
    /// The last line: everything, and the page of it.
    void end(const swarm::Report &report);

    /// Nobody reads any more.
    bool isBroken() const { return m_isBroken; }

private:
    void write(const QJsonObject &object);
    int stepNumber(int clients) const;

    const LoadTestOptions &m_options;
    std::chrono::steady_clock::time_point m_startedAt, m_shownAt;
    swarm::Totals m_shown; // as of the last line
    bool m_isBroken = false;
};

} // namespace odin
