// QrView: a QR code, black on white in every theme, because cameras expect that.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/qr/qrcode.h"

#include <QWidget>

namespace odin {

class QrView final : public QWidget
{
    Q_OBJECT
public:
    explicit QrView(QWidget *parent = nullptr);

    /// Hides itself when there is nothing to show.
    void setText(const QString &text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QrCode m_code;
};

} // namespace odin
