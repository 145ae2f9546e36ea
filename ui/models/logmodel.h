// LogModel: the newest lines of the gateway's log. LogFilter: those of them that an operator wants to see.
// Thread: main. Owner: the page that shows them.
#pragma once

#include "core/model/logentry.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <deque>
#include <vector>

namespace odin {

class LogModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Level, Category, Text, columnsEnd };
    enum Role { SeverityRole = Qt::UserRole }; ///< of every column: 0 debug, 1 info, 2 warning, 3 error

    using QAbstractTableModel::QAbstractTableModel;

    /// Lines that came after newest(), oldest first; beyond logTailEntriesMax the oldest go.
    void append(std::vector<LogEntry> entries);
    quint64 newest() const { return m_entries.empty() ? 0 : m_entries.back().number; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    static QString text(const LogEntry &entry, int column);

    std::deque<LogEntry> m_entries;
};

class LogFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit LogFilter(LogModel &log, QObject *parent = nullptr);

    /// Lines of this severity or above.
    void setSeverity(int severity);
    /// Lines that have this text in their category or their words, in whatever case.
    void setWanted(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    int m_severity = 0;
    QString m_wanted;
};

} // namespace odin
