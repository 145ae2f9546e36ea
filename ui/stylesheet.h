// Style sheet: resources/styles/console.qss in the colours of a palette.
// Thread: main. Owner: none, a free function.
#pragma once

#include "ui/palette.h"

#include <QString>

namespace odin {

/// Each @name of the file is replaced by the colour of that name.
QString styleSheet(const Palette &palette);

} // namespace odin
