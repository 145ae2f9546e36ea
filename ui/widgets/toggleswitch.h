// ToggleSwitch: on or off, for what takes effect at once. Space and click toggle it.
// Thread: main. Owner: its parent widget.
#pragma once

#include <QAbstractButton>
#include <QStyle>

namespace odin {

/// The drawing of a switch in the middle of the area, for who has no room for a widget. Heeds State_On,
/// State_Enabled and State_HasFocus.
void paintSwitch(QPainter &painter, const QRectF &area, QStyle::State state);

class ToggleSwitch final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ToggleSwitch(const QString &accessibleName, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace odin
