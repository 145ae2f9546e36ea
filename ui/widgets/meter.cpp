#include "ui/widgets/meter.h"

#include "ui/widgets/tone.h"

#include <QLabel>
#include <QVBoxLayout>

namespace odin {

Meter::Meter(const QString &caption, const QString &widestValue, QWidget *parent)
    : QWidget(parent),
      m_caption(makeLabel("caption", Tone::Muted, this)),
      m_value(makeLabel("value", Tone::Normal, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    layout->addStretch();
    layout->addWidget(m_caption);
    layout->addWidget(m_value);
    layout->addStretch();
    m_caption->setText(caption);
    reserve(m_value, widestValue);
}

void Meter::setValue(const QString &value, Tone tone)
{
    m_value->setText(value);
    setTone(m_value, tone);
    setAccessibleName(m_caption->text() + QStringLiteral(": ") + value);
}

QString Meter::value() const { return m_value->text(); }

} // namespace odin
