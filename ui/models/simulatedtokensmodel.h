// SimulatedTokensModel: the tokens of the simulator with what the gateway last heard of each.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "ui/models/expected.h"
#include "ui/models/simulatedtokenrow.h"

#include <QAbstractTableModel>
#include <QHash>

namespace odin {

class SimulatedTokensModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { On, Token, Price, Change, Volume, Age, Interval, columnsEnd };
    enum Role {
        DirectionRole = Qt::UserRole, ///< of Change, as int(Direction)
        PausedRole,                   ///< of every column: the token is switched off
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows stay where they are as long as the same tokens are simulated.
    void setSnapshot(const GatewaySnapshot &snapshot);
    /// The simulator was told to switch this token: shown at once, until a snapshot says the same or a few do not.
    void expect(const QByteArray &token, bool on);

    QByteArray tokenAt(int row) const { return m_rows[static_cast<std::size_t>(row)].simulated.token; }
    bool isOn(int row) const { return m_rows[static_cast<std::size_t>(row)].simulated.on; }
    bool anyOn() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using Row = SimulatedTokenRow;

    std::vector<Row> rowsOf(const GatewaySnapshot &snapshot);
    static bool sameTokens(const std::vector<Row> &a, const std::vector<Row> &b);
    QString text(const Row &row, int column) const;

    std::vector<Row> m_rows;
    QHash<QByteArray, Expected<bool>> m_expected; // switches
    qint64 m_takenMs = 0;
};

} // namespace odin
