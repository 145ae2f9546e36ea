// NavigationButton: one page in the column on the left: icon, word and shortcut.
// Thread: main. Owner: Navigation.
#pragma once

#include <QPushButton>

class QAction;

namespace odin {

class NavigationButton final : public QPushButton
{
    Q_OBJECT
public:
    /// Does and shows what the action does: its text, its shortcut, whether it is checked.
    NavigationButton(QAction *action, QString icon, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const QString m_icon;
    const QString m_shortcut;
};

} // namespace odin
