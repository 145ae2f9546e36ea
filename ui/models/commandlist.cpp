#include "ui/models/commandlist.h"

#include "ui/models/wordmatch.h"

#include <algorithm>

namespace odin {

void CommandList::setCommands(std::vector<Command> commands)
{
    m_commands = std::move(commands);
    setTyped({});
}

void CommandList::setTyped(const QString &typed)
{
    struct Fit
    {
        std::size_t place;
        int score;
    };
    std::vector<Fit> fits;
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        const auto whole = m_commands[i].title + u' ' + m_commands[i].context;
        if (const auto score = wordMatch(typed, whole))
            fits.push_back({i, *score});
    }
    if (!typed.trimmed().isEmpty())
        std::ranges::stable_sort(fits, std::ranges::greater(), &Fit::score);
    beginResetModel();
    m_shown.clear();
    for (const auto &fit : fits)
        m_shown.push_back(fit.place);
    endResetModel();
}

const Command *CommandList::command(int row) const
{
    return row >= 0 && row < rowCount() ? &m_commands[m_shown[static_cast<std::size_t>(row)]] : nullptr;
}

int CommandList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant CommandList::data(const QModelIndex &index, int role) const
{
    const auto *found = command(index.row());
    if (!found)
        return {};
    switch (role) {
    case Qt::DisplayRole: return found->title;
    case Qt::AccessibleTextRole:
        return QStringList{found->title, found->context, found->shortcut}.join(QStringLiteral(", "));
    case ContextRole: return found->context;
    case ShortcutRole: return found->shortcut;
    default: return {};
    }
}

} // namespace odin
