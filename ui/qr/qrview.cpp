#include "ui/qr/qrview.h"

#include <QPainter>

namespace odin {

namespace {

constexpr int quietSquares = 4; // the margin that the standard asks for
constexpr int sidePixels = 176;

} // namespace

QrView::QrView(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void QrView::setText(const QString &text)
{
    m_code = qrCodeOf(text);
    setAccessibleName(QStringLiteral("QR code of %1").arg(text));
    setVisible(m_code.size > 0);
    update();
}

QSize QrView::sizeHint() const { return {sidePixels, sidePixels}; }

void QrView::paintEvent(QPaintEvent *)
{
    if (m_code.size == 0)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    // Whole device pixels per square: edges stay sharp.
    const auto scale = devicePixelRatioF();
    const int square = int(std::min(width(), height()) * scale) / (m_code.size + 2 * quietSquares);
    const int left = (int(width() * scale) - square * m_code.size) / 2;
    const int top = (int(height() * scale) - square * m_code.size) / 2;
    painter.scale(1 / scale, 1 / scale);
    for (int y = 0; y < m_code.size; ++y) {
        for (int x = 0; x < m_code.size; ++x) {
            if (m_code.isDark(x, y))
                painter.fillRect(left + x * square, top + y * square, square, square, Qt::black);
        }
    }
}

} // namespace odin
