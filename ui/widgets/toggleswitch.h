// ToggleSwitch: on or off, for what takes effect at once. Space and click toggle it.
// Thread: main. Owner: its parent widget.
#pragma once

#include <QAbstractButton>

namespace odin {

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
