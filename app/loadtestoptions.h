// The command line of odin-loadtest. Values and pure functions; main thread.
#pragma once

#include "simulator/swarm/plan.h"
#include "simulator/swarm/slo.h"

#include <QStringList>
#include <QUrl>

#include <variant>

namespace odin {

/// Who reads what is said while the test runs.
enum class ProgressFor { People, Programs };

struct LoadTestOptions
{
    QString url;
    swarm::Plan plan;
    std::vector<swarm::Goal> goals;
    QString reportFile; ///< empty: none
    QString htmlFile;   ///< the same
    QUrl admin;         ///< of the gateway; empty: its usage is not measured
    ProgressFor progress = ProgressFor::People;
};

/// Text that was asked for (help, version).
struct LoadTestText
{
    QString text;
};

std::variant<LoadTestOptions, LoadTestText, Error> loadTestOptions(const QStringList &arguments);

} // namespace odin
