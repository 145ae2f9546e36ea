// Meter: a small caption above one value.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/palette.h"

#include <QWidget>

class QLabel;

namespace odin {

class Meter final : public QWidget
{
    Q_OBJECT
public:
    Meter(const QString &caption, const QString &widestValue, QWidget *parent = nullptr);

    void setValue(const QString &value, Tone tone = Tone::Normal);
    QString value() const;

private:
    QLabel *m_caption;
    QLabel *m_value;
};

} // namespace odin
