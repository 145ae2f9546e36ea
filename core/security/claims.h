// Claims -> who somebody is. Pure; any thread.
#pragma once

#include "core/flow/tokenauthority.h"

#include <QJsonObject>
#include <QString>

#include <variant>

namespace odin {

/// What claims must say. Empty = anything.
struct ClaimRules
{
    QString issuer, audience;
};

/// `nowMs`: wall clock. Clocks may differ by limits::tokenSkewMsMax.
std::variant<Identity, TokenFault> identityOf(const QJsonObject &claims, const ClaimRules &rules, qint64 nowMs);

} // namespace odin
