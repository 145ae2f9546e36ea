// Finds widgets as a person does: by what they are called, and by what they say. And pages.
// Pure functions; thread: main.
#pragma once

#include <QAction>
#include <QWidget>

namespace odin {

template<class Widget>
Widget *named(const QWidget &among, const QString &accessibleName)
{
    for (auto *widget : among.findChildren<Widget *>()) {
        if (widget->accessibleName() == accessibleName)
            return widget;
    }
    return nullptr;
}

template<class Widget>
Widget *withText(const QWidget &among, const QString &text)
{
    for (auto *widget : among.findChildren<Widget *>()) {
        if (widget->text() == text)
            return widget;
    }
    return nullptr;
}

/// As from the View menu.
inline void openPage(const QWidget &window, const QString &title)
{
    for (auto *action : window.findChildren<QAction *>()) {
        if (action->text() == title)
            action->trigger();
    }
}

} // namespace odin
