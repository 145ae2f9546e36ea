// SimulatorModel: the tokens of the simulator with what can be changed of them. A change acts at once: it is told to
// the gateway, shown as it will be, and taken back when the gateway refuses it or snapshots do not show it. Thread:
// main. Owner: the page that shows it.
#pragma once

#include "core/flow/operatorport.h"
#include "ui/models/expectedtoken.h"
#include "ui/models/simulatedtokenrow.h"

#include <QAbstractTableModel>
#include <QHash>

namespace odin {

class SimulatorModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        On,
        Token,
        Price,
        Change,
        Age,
        IntervalMin, ///< seconds
        IntervalMax,
        Volatility, ///< percent a year
        Drift,
        Scenario,
        columnsEnd
    };
    enum Role {
        DirectionRole = Qt::UserRole, ///< of Change, as int(Direction)
        PausedRole, ///< of every column: the token is switched off
        LeastRole, ///< of what can be edited: its bounds, in the units of Qt::EditRole
        MostRole,
        EditorNameRole, ///< "Volatility of BTC"
    };

    explicit SimulatorModel(OperatorPort &gateway, QObject *parent = nullptr);

    /// Rows stay where they are as long as the same tokens are simulated; new ones come at the end.
    void setSnapshot(const GatewaySnapshot &snapshot);

    QByteArray tokenAt(int row) const { return at(row).simulated.token; }
    int countOn() const;
    /// Every token that is not so yet, until one is refused.
    void switchAll(bool on);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// The gateway was told to change this token; `problem` says why it did not, or is empty.
    void answered(const QString &token, const QString &problem);

private:
    using Row = SimulatedTokenRow;

    const Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    std::vector<Row> rowsOf(const GatewaySnapshot &snapshot);
    bool ask(int row, const SimulatedTokenChange &change);
    static bool isEditable(int column) { return column >= IntervalMin && column <= Drift; }
    static QString text(const Row &row, int column, qint64 nowMs);

    OperatorPort &m_gateway;
    std::vector<Row> m_rows;
    QHash<QByteArray, ExpectedToken> m_expected;
    qint64 m_takenMs = 0;
    bool m_isPlayback = false; // a file says all but the switch
};

} // namespace odin
