// ChoiceBar: a few words of which one is chosen.
// Thread: main. Owner: its parent widget.
#pragma once

#include <QWidget>

class QButtonGroup;

namespace odin {

class ChoiceBar final : public QWidget
{
    Q_OBJECT
public:
    ChoiceBar(const QString &accessibleName, const QStringList &choices, QWidget *parent = nullptr);

    int chosen() const;
    /// What is not a choice is ignored.
    void choose(int index);

Q_SIGNALS:
    void choiceChanged(int index);

private:
    QButtonGroup *m_buttons;
};

} // namespace odin
