// A page that scrolls where the window is too low for it, and fills the window where it is not.
// Thread: main. Owner: none, a free function.
#pragma once

class QWidget;

namespace odin {

/// Takes the content; Tab moves into sight what gets the keyboard.
QWidget *scrolling(QWidget *content);

} // namespace odin
