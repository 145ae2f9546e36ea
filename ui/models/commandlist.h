// CommandList: everything that the console can do, by the words that were typed, the best fit first.
// Thread: main. Owner: CommandPalette.
#pragma once

#include <QAbstractListModel>

#include <functional>
#include <vector>

namespace odin {

/// A value.
struct Command
{
    QString title; ///< "Light theme"
    QString context; ///< where else it is: "View", "Prices"
    QString shortcut; ///< "Ctrl+2", or empty
    std::function<void()> run;
};

class CommandList final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { ContextRole = Qt::UserRole, ShortcutRole };

    using QAbstractListModel::QAbstractListModel;

    void setCommands(std::vector<Command> commands);
    /// Nothing typed: all, in the order in which they came.
    void setTyped(const QString &typed);
    const Command *command(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<Command> m_commands;
    std::vector<std::size_t> m_shown; // places in m_commands
};

} // namespace odin
