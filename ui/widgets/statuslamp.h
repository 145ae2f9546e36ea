// StatusLamp: the one lamp and its word.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/models/lampstate.h"
#include "ui/palette.h"

#include <QWidget>

class QLabel;

namespace odin {

Tone toneOf(LampState state);

class StatusLamp final : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLamp(QWidget *parent = nullptr);

    void setStatus(const LampStatus &status);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    LampState m_state = LampState::Connecting;
    QLabel *m_word;
};

} // namespace odin
