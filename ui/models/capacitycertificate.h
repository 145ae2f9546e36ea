// CapacityCertificate: what a search for the capacity found, with everything needed to judge or repeat it: dated, as
// JSON and as a page. Nothing stands in it that was not measured or said. Thread: any. Owner: a value and pure
// functions.
#pragma once

#include "ui/models/capacitycause.h"
#include "ui/models/capacitysearch.h"
#include "ui/models/loadtestplan.h"
#include "ui/models/machine.h"

#include <QDateTime>
#include <QJsonObject>

namespace odin {

struct CapacityCertificate
{
    QDateTime startedAt, endedAt;
    Machine machine; ///< of the console and the swarm
    bool isOneMachine = true; ///< the gateway runs on it, too
    QString loadTester; ///< its version
    QString simulated; ///< "yes", "no", "not known": the prices that were delivered
    LoadTestPlan load; ///< its ramp is that of the search
    CapacitySearch search;

    CapacityCause cause() const;
    /// "2,400 clients; at 2,500 the gateway's CPU bent first".
    QString sentence() const;
};

QJsonObject certificateJson(const CapacityCertificate &certificate);
/// A page that needs nothing else.
QString certificateHtml(const CapacityCertificate &certificate);

/// capacity-20261126T170530Z, without an ending.
QString certificateName(const CapacityCertificate &certificate);
/// Below the state folder: where the certificates of this user are kept.
QString certificateFolder();
/// Both forms into the folder, which is made when it is missing. Gives the path without an ending.
Result<QString> saveCertificate(const CapacityCertificate &certificate, const QString &folder);

} // namespace odin
