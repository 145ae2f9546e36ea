#include "ui/qr/qrcode.h"

#include <memory>

#include <qrencode.h>

namespace odin {

QrCode qrCodeOf(const QString &text)
{
    if (text.isEmpty())
        return {};
    const auto bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code)
        return {};
    QrCode squares{.size = code->width, .dark = {}};
    const auto count = static_cast<std::size_t>(code->width * code->width);
    squares.dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        squares.dark.push_back(code->data[i] & 1);
    return squares;
}

} // namespace odin
