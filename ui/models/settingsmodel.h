// SettingsModel: the settings of the gateway, one a row: in force, from where, and what the next start will have.
// Thread: main. Owner: the page that shows them.
#pragma once

#include "core/model/setting.h"

#include <QAbstractTableModel>

namespace odin {

class SettingsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, State, Source, Default, Meaning, columnsEnd };
    enum Role { LockedRole = Qt::UserRole, PendingRole }; ///< of every column: bool

    using QAbstractTableModel::QAbstractTableModel;

    /// Null is ignored. The rows keep their places: a table of settings never changes while its program runs.
    void setListing(const SettingsPtr &listing);
    const SettingRow *row(int number) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    static QString text(const SettingRow &row, int column);

    SettingsPtr m_listing;
};

/// What an operator has to know of a setting now, in a word or two: "locked", "restart: 127.0.0.1:80", "changed here",
/// or nothing.
QString settingState(const SettingRow &row);
/// The same as a sentence.
QString settingAdvice(const SettingRow &row);

} // namespace odin
