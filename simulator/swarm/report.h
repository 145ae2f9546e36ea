// What a load test found, for people and for programs. Pure functions; any thread.
#pragma once

#include "simulator/swarm/slo.h"

#include <QJsonObject>

namespace odin::swarm {

struct Report
{
    QString url;
    QString startedAt; ///< ISO 8601
    std::vector<Step> steps;
    std::vector<Outcome> outcomes;
    bool wasInterrupted = false;

    bool isMet() const;
    bool isSwarmLimited() const;
};

/// With every filled step of the latency histograms.
QJsonObject reportJson(const Report &report);
/// A table, one column per step.
QString reportText(const Report &report);

} // namespace odin::swarm
