// CommandPalette: a field over the window in which any command is found by a part of its words. Keyboard only, if
// wanted. Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/commandlist.h"

#include <QFrame>
#include <QPointer>

class QLineEdit;
class QListView;

namespace odin {

class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    /// Stands at the top of `window`, hidden until open().
    explicit CommandPalette(QWidget *window);

    void open(std::vector<Command> commands);

protected:
    /// Arrows in the field move in the list; a window that loses the keyboard closes it.
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void place();
    void choose(int row);
    void move(int by);
    void run();

    CommandList m_commands;
    QLineEdit *m_field;
    QListView *m_list;
    QPointer<QWidget> m_focusBefore;
};

} // namespace odin
