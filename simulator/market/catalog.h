// Catalog: what the simulated tokens are like: price at the start, how it moves, how much is traded.
// Pure functions; any thread.
#pragma once

#include "simulator/market/walk.h"

#include <QByteArray>

#include <vector>

namespace odin {

struct TokenProfile
{
    QByteArray token;
    double price = 1;           ///< US dollars
    double dailyVolume = 0;     ///< US dollars traded in an average day
    WalkParameters walk;
};

/// The ten tokens that are simulated when none are named.
std::vector<QByteArray> defaultTokens();

/// Of the ten: as they are in the world. Of any other name: plausible figures derived from the name, always the same.
TokenProfile profileOf(const QByteArray &token);

} // namespace odin
