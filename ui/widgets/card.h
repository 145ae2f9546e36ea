// Card: a titled frame; what belongs to the title stands in one row with it.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/palette.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace odin {

class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(const QString &title, QWidget *parent = nullptr);

    /// A number in the title row, as wide as the widest text it will show.
    QLabel *addNumber(Tone tone, const QString &widest);
    /// At the right end of the title row.
    void addControl(QWidget *control);
    /// Below the title; the content takes what space there is.
    void addContent(QWidget *content, int stretch = 1);

private:
    QHBoxLayout *m_titleRow;
    QVBoxLayout *m_column;
};

} // namespace odin
