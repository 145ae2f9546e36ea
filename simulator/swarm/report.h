// What a load test found, for people and for programs. Pure functions; any thread.
#pragma once

#include "simulator/swarm/slo.h"
#include "simulator/swarm/timeline.h"

#include <QJsonObject>

namespace odin::swarm {

struct Report
{
    QString url;
    QString startedAt; ///< ISO 8601
    std::vector<Step> steps;
    std::vector<Outcome> outcomes;
    bool wasInterrupted = false;
    std::vector<Sample> timeline = {};

    bool isMet() const;
    bool isSwarmLimited() const;
};

/// One figure of all steps, as people read it.
struct ReportRow
{
    QString name;
    QStringList values;
};
std::vector<ReportRow> reportRows(const Report &report);
/// One line per goal: what was wanted, what was measured, met or missed, and whose fault that is.
QStringList verdicts(const Report &report);

/// With every filled step of the latency histograms, and each goal's verdict on this step alone.
QJsonObject stepJson(const Step &step, const std::vector<Goal> &goals);
QJsonObject reportJson(const Report &report);
/// A table, one column per step.
QString reportText(const Report &report);

} // namespace odin::swarm
