// TokenOrder: what a token that we make shall say. A value and a pure function; any thread.
#pragma once

#include "core/model/identity.h"

#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace odin {

struct TokenOrder
{
    QString subject;
    std::chrono::milliseconds life{0};
    Role role = Role::Viewer;
    std::optional<std::vector<QByteArray>> prices; ///< nothing: all
    QString issuer, audience; ///< empty: not said
    QString id; ///< empty: made at random
};

QJsonObject claimsOf(const TokenOrder &order, qint64 nowMs);

} // namespace odin
