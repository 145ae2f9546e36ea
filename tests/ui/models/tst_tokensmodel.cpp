#include "core/model/limits.h"
#include "ui/models/format.h"
#include "ui/models/sparkline.h"
#include "ui/models/tokensmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace odin;

namespace {

constexpr qint64 start = 1'700'000'000'000;

TokenRow token(const QByteArray &name, double price, Seq seq)
{
    TokenRow row;
    row.token = name;
    row.price = price;
    row.seq = seq;
    return row;
}

GatewaySnapshot snapshotAt(qint64 takenMs, std::vector<TokenRow> tokens)
{
    GatewaySnapshot snapshot;
    snapshot.takenMs = takenMs;
    snapshot.tokens = std::move(tokens);
    return snapshot;
}

} // namespace

class TestTokensModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneSnapshotCountsOnce();
    void trendIsBounded();
    void goneTokensAreForgotten();
    void aClockSetBackStartsAnew();
    void rowsStayWhereTheyAre();
    void whatIsShown();
    void sparklines();
};

void TestTokensModel::oneSnapshotCountsOnce()
{
    PriceTrends trends;
    for (int i = 0; i < 3; ++i)
        trends.append(snapshotAt(start, {token("BTC", 1, 10)}));
    QCOMPARE(trends.prices("BTC"), QList<double>{1});
}

void TestTokensModel::trendIsBounded()
{
    PriceTrends trends;
    const int seconds = int(limits::trendPointsMax) + 7;
    for (int i = 0; i < seconds; ++i)
        trends.append(snapshotAt(start + i * 1'000, {token("BTC", i, i)}));
    QCOMPARE(trends.prices("BTC").size(), qsizetype(limits::trendPointsMax));
    QCOMPARE(trends.prices("BTC").back(), double(seconds - 1));
}

void TestTokensModel::goneTokensAreForgotten()
{
    PriceTrends trends;
    trends.append(snapshotAt(start, {token("BTC", 1, 1), token("ETH", 2, 1)}));
    trends.append(snapshotAt(start + 1'000, {token("ETH", 2, 2)}));
    QVERIFY(trends.prices("BTC").isEmpty());
    QCOMPARE(trends.prices("ETH").size(), qsizetype(2));
}

void TestTokensModel::aClockSetBackStartsAnew()
{
    PriceTrends trends;
    trends.append(snapshotAt(start, {token("BTC", 1, 1)}));
    trends.append(snapshotAt(start - 60'000, {token("BTC", 2, 2)}));
    QCOMPARE(trends.prices("BTC"), QList<double>{2});
}

void TestTokensModel::rowsStayWhereTheyAre()
{
    TokensModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setSnapshot(snapshotAt(start, {token("BTC", 1, 1)}), {});
    model.setSnapshot(snapshotAt(start + 1'000, {token("BTC", 2, 2)}), {});
    QCOMPARE(reset.count(), 1);
    QCOMPARE(changed.count(), 1);
    model.setSnapshot(snapshotAt(start + 2'000, {token("BTC", 2, 2), token("ETH", 3, 3)}), {});
    QCOMPARE(reset.count(), 2);
    QCOMPARE(model.rowCount(), 2);
}

void TestTokensModel::whatIsShown()
{
    auto row = token("BTC", 64'218.42, 12'345);
    row.priceChange24h = -1.5;
    row.volume24h = 12'400'000;
    row.stale = true;
    row.ageMs = 42'000;
    const auto snapshot = snapshotAt(start, {row});
    PriceTrends trends;
    trends.append(snapshot);
    TokensModel model;
    model.setSnapshot(snapshot, trends);
    const auto shown = [&](int column, int role = Qt::DisplayRole) { return model.index(0, column).data(role); };
    QCOMPARE(shown(TokensModel::Price).toString(), QStringLiteral("64,218.42"));
    QCOMPARE(shown(TokensModel::Volume).toString(), QStringLiteral("12.4 M"));
    QCOMPARE(shown(TokensModel::Age).toString(), QStringLiteral("stale 42 s"));
    QCOMPARE(shown(TokensModel::Sequence).toString(), QStringLiteral("12,345"));
    QCOMPARE(shown(TokensModel::Change, TokensModel::DirectionRole).toInt(), int(Direction::Down));
    QCOMPARE(shown(TokensModel::Sequence, TokensModel::SortRole).toLongLong(), 12'345);
    QVERIFY(shown(TokensModel::Token, TokensModel::StaleRole).toBool());
    QCOMPARE(shown(TokensModel::Trend, TokensModel::TrendRole).value<QList<double>>(), QList<double>{64'218.42});
}

void TestTokensModel::sparklines()
{
    const QRectF room(10, 20, 100, 40);
    QVERIFY(sparkline({}, room).isEmpty());
    QVERIFY(sparkline({5}, room).isEmpty());
    QCOMPARE(sparkline({5, 5}, room), QPolygonF({{10, 40}, {110, 40}}));
    QCOMPARE(sparkline({1, 3, 2}, room), QPolygonF({{10, 60}, {60, 20}, {110, 40}}));
}

QTEST_GUILESS_MAIN(TestTokensModel)
#include "tst_tokensmodel.moc"
