#include "ui/widgets/banner.h"

#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>

namespace odin {

Banner::Banner(QWidget *parent)
    : QFrame(parent), m_word(makeLabel("title", Tone::Bad, this)), m_sentence(makeLabel("body", Tone::Normal, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(12);
    layout->addWidget(m_word, 0, Qt::AlignTop);
    layout->addWidget(m_sentence, 1);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void Banner::say(const QString &word, const QString &sentence, Tone tone)
{
    m_word->setText(word);
    m_sentence->setText(sentence);
    setTone(m_word, tone);
    setTone(this, tone);
    setAccessibleName(word + QStringLiteral(": ") + sentence);
    setVisible(!sentence.isEmpty());
}

QString Banner::sentence() const { return m_sentence->text(); }

} // namespace odin
