#include "ui/models/logmodel.h"

#include "core/model/limits.h"

#include <QDateTime>

#include <array>
#include <iterator>

namespace odin {

namespace {

int severityOf(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg: return 0;
    case QtInfoMsg: return 1;
    case QtWarningMsg: return 2;
    case QtCriticalMsg:
    case QtFatalMsg: return 3;
    }
    return 1;
}

} // namespace

void LogModel::append(std::vector<LogEntry> entries)
{
    if (entries.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    m_entries.insert(m_entries.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    endInsertRows();
    const int tooMany = rowCount() - limits::logTailEntriesMax;
    if (tooMany <= 0)
        return;
    beginRemoveRows({}, 0, tooMany - 1);
    m_entries.erase(m_entries.begin(), m_entries.begin() + tooMany);
    endRemoveRows();
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(entry, index.column());
    case Qt::ToolTipRole: return index.column() == Text ? entry.text.toHtmlEscaped() : QVariant();
    case SeverityRole: return severityOf(entry.level);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{QStringLiteral("Time"), QStringLiteral("Level"),
                                                       QStringLiteral("Category"), QStringLiteral("Text")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

QString LogModel::text(const LogEntry &entry, int column)
{
    static const std::array<QString, 4> levels{QStringLiteral("debug"), QStringLiteral("info"),
                                               QStringLiteral("warning"), QStringLiteral("error")};
    switch (column) {
    case Time: return QDateTime::fromMSecsSinceEpoch(entry.timestampMs).toString(QStringLiteral("HH:mm:ss.zzz"));
    case Level: return levels[static_cast<std::size_t>(severityOf(entry.level))];
    case Category: return QString::fromUtf8(entry.category);
    default: return entry.text;
    }
}

LogFilter::LogFilter(LogModel &log, QObject *parent) : QSortFilterProxyModel(parent) { setSourceModel(&log); }

void LogFilter::setSeverity(int severity)
{
    m_severity = severity;
    invalidateFilter();
}

void LogFilter::setWanted(const QString &text)
{
    m_wanted = text;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto at = [&](int column) { return sourceModel()->index(row, column, parent); };
    if (at(LogModel::Level).data(LogModel::SeverityRole).toInt() < m_severity)
        return false;
    const auto has = [&](int column) { return at(column).data().toString().contains(m_wanted, Qt::CaseInsensitive); };
    return has(LogModel::Text) || has(LogModel::Category);
}

} // namespace odin
