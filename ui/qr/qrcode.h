// QR code: a text as the squares that a phone's camera reads (ISO/IEC 18004).
// A value and a pure function; any thread.
#pragma once

#include <QString>

#include <vector>

namespace odin {

struct QrCode
{
    int size = 0; ///< squares per side; 0 = no code
    std::vector<bool> dark; ///< row by row

    bool isDark(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }
};

/// Error correction M (15% may be unreadable). No code for an empty text or one that does not fit.
QrCode qrCodeOf(const QString &text);

} // namespace odin
