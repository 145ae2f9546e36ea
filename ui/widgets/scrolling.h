// A page that scrolls where the window is too low for it, and fills the window where it is not.
// Thread: main. Owner: none, a free function.
#pragma once

class QVBoxLayout;
class QWidget;

namespace odin {

/// The column into which the page puts what it shows. Tab moves into sight what gets the keyboard.
QVBoxLayout *scrollingColumn(QWidget *page);

} // namespace odin
