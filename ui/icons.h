// Icons: drawings of resources/icons as pixels, in the colours of the theme.
// Thread: main. Owner: none, free functions.
#pragma once

#include <QIcon>
#include <QPixmap>

class QColor;

namespace odin {

/// The program's mark.
QIcon appIcon();
/// A one-coloured drawing (it says currentColor) of size logical pixels.
QPixmap tintedIcon(const QString &name, const QColor &colour, int size, qreal devicePixelRatio);

} // namespace odin
