#include "ui/commandpalette.h"

#include "ui/widgets/commanddelegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace odin {

namespace {

constexpr int topPixels = 72;
constexpr int widthMax = 560;
constexpr int heightMax = 420;
constexpr int pageOfRows = 8;

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window), m_field(new QLineEdit(this)), m_list(new QListView(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(QStringLiteral("Command palette"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    m_field->setPlaceholderText(QStringLiteral("Find a command"));
    m_field->setAccessibleName(QStringLiteral("Find a command"));
    m_list->setAccessibleName(QStringLiteral("Commands"));
    m_list->setModel(&m_commands);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keyboard and moves in the list
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_commands.setTyped(typed);
        choose(0);
    });
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::open(std::vector<Command> commands)
{
    m_commands.setCommands(std::move(commands));
    m_focusBefore = window()->focusWidget();
    m_field->clear();
    choose(0);
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const auto *around = parentWidget();
    const int width = std::min(widthMax, around->width() - 32);
    setGeometry((around->width() - width) / 2, topPixels, width,
                std::min(heightMax, around->height() - topPixels - 16));
}

void CommandPalette::choose(int row)
{
    const auto index = m_commands.index(row);
    m_list->setCurrentIndex(index);
    // A screen reader hears of the choice through the field, which has the keyboard.
    m_field->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
}

void CommandPalette::move(int by)
{
    const int rows = m_commands.rowCount();
    if (rows > 0)
        choose(std::clamp(m_list->currentIndex().row() + by, 0, rows - 1));
}

void CommandPalette::run()
{
    const auto *found = m_commands.command(m_list->currentIndex().row());
    if (!found)
        return;
    const auto command = found->run; // hiding may lead to other commands
    hide();
    command();
}

void CommandPalette::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down: move(1); return true;
        case Qt::Key_Up: move(-1); return true;
        case Qt::Key_PageDown: move(pageOfRows); return true;
        case Qt::Key_PageUp: move(-pageOfRows); return true;
        case Qt::Key_Escape: hide(); return true;
        default: break;
        }
    } else if (watched == m_field && event->type() == QEvent::FocusOut) {
        if (static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            hide();
    } else if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace odin
