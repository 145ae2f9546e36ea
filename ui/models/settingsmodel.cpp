#include "ui/models/settingsmodel.h"

namespace odin {

namespace {

/// An empty text would look like a hole in the table.
QString orEmpty(const QString &text) { return text.isEmpty() ? QStringLiteral("(empty)") : text; }

} // namespace

QString settingState(const SettingRow &row)
{
    if (!row.lockedBy.isEmpty())
        return QStringLiteral("locked");
    if (row.upcoming)
        return QStringLiteral("after restart: %1").arg(orEmpty(*row.upcoming));
    return row.isKept ? QStringLiteral("changed here") : QString();
}

QString settingAdvice(const SettingRow &row)
{
    if (!row.lockedBy.isEmpty())
        return row.lockedBy;
    if (row.upcoming)
        return QStringLiteral("From the next start on: %1. Until then: %2.")
            .arg(orEmpty(*row.upcoming), orEmpty(row.value));
    if (row.effect == SettingEffect::AtOnce)
        return QStringLiteral("A change takes effect at once.");
    return QStringLiteral("A change takes effect at the next start.");
}

void SettingsModel::setListing(const SettingsPtr &listing)
{
    if (!listing || listing == m_listing)
        return;
    const bool sameRows = m_listing && m_listing->rows.size() == listing->rows.size();
    if (!sameRows)
        beginResetModel();
    m_listing = listing;
    if (!sameRows)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
}

const SettingRow *SettingsModel::row(int number) const
{
    return number >= 0 && number < rowCount() ? &m_listing->rows[static_cast<std::size_t>(number)] : nullptr;
}

int SettingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_listing ? 0 : static_cast<int>(m_listing->rows.size());
}

int SettingsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant SettingsModel::data(const QModelIndex &index, int role) const
{
    const auto *setting = row(index.row());
    if (!setting)
        return {};
    switch (role) {
    case Qt::DisplayRole: return text(*setting, index.column());
    case Qt::ToolTipRole: return index.column() == State ? settingAdvice(*setting) : text(*setting, index.column());
    case LockedRole: return !setting->lockedBy.isEmpty();
    case PendingRole: return setting->upcoming.has_value();
    default: return {};
    }
}

QVariant SettingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return QStringLiteral("Setting");
    case Value: return QStringLiteral("In force");
    case State: return QStringLiteral("State");
    case Source: return QStringLiteral("Comes from");
    case Default: return QStringLiteral("Default");
    case Meaning: return QStringLiteral("Meaning");
    default: return {};
    }
}

QString SettingsModel::text(const SettingRow &row, int column)
{
    switch (column) {
    case Name: return row.name;
    case Value: return row.value;
    case State: return settingState(row);
    case Source: return row.source;
    case Default: return row.fallback;
    default: return row.meaning;
    }
}

} // namespace odin
