// TokensModel: every token that the gateway knows, with its price, how it moves and how fresh it is.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "ui/models/pricetrends.h"

#include <QAbstractTableModel>

namespace odin {

class TokensModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Token, Price, Change, Volume, Age, Sequence, Trend, columnsEnd };
    enum Role {
        SortRole = Qt::UserRole, ///< the number behind the text
        DirectionRole, ///< of Change and Trend, as int(Direction)
        StaleRole, ///< of every column: silent for longer than is normal
        TrendRole, ///< of Trend: QList<double>, oldest first
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows stay where they are as long as the gateway knows the same tokens.
    void setSnapshot(const GatewaySnapshot &snapshot, const PriceTrends &trends);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        TokenRow token;
        QList<double> trend;
    };

    QString text(const Row &row, int column) const;
    static QVariant number(const Row &row, int column);
    static int direction(const Row &row, int column);

    std::vector<Row> m_rows;
};

} // namespace odin
