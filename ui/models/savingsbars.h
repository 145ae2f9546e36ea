// SavingsBars: the comparison of polling and push as bars, each a part of the longest of its kind.
// Thread: any. Owner: values and pure functions.
#pragma once

#include "ui/models/savings.h"

#include <QString>

#include <vector>

namespace odin {

enum class Way { Polling, Plan, Push };

struct SavingsBar
{
    QString name;
    Way way = Way::Polling;
    double share = 0; ///< of the longest bar of its kind, 0 to 1; 0 also for what is not known
    QString value;
};

/// Messages, traffic and dollars of as many users as are assumed.
std::vector<SavingsBar> savingsBars(const SavingsReport &report);

/// "93.2% less than polling", "12% more than polling", or nothing where one of both is not known.
QString savedText(const SavingsReport &report);

} // namespace odin
