// Banner: one sentence across the page when something needs an operator.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/palette.h"

#include <QFrame>

class QLabel;

namespace odin {

class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    /// Hides itself when there is no sentence.
    void say(const QString &word, const QString &sentence, Tone tone);
    QString sentence() const;

private:
    QLabel *m_word;
    QLabel *m_sentence;
};

} // namespace odin
