// PricesPage: every token that the gateway knows: price, movement, rate, age and sequence.
// Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/tokensmodel.h"
#include "ui/pages/page.h"

#include <QSortFilterProxyModel>

class QLabel;
class QLineEdit;

namespace odin {

class Banner;
class DataTable;
class PriceCard;

class PricesPage final : public Page
{
    Q_OBJECT
public:
    explicit PricesPage(QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    QLayout *makeHeading();
    void prepareTable();
    void filter(const QString &text);
    void choose(const QModelIndex &row);
    void showWhatThereIs();

    TokensModel m_model;
    QSortFilterProxyModel m_sorted;

    QLabel *m_count;
    QLineEdit *m_filter;
    Banner *m_problem;
    DataTable *m_table;
    QLabel *m_empty;
    PriceCard *m_chart;
};

} // namespace odin
