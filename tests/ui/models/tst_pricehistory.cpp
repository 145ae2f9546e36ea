#include "ui/models/pricehistory.h"

#include <QTest>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'700'000'000'000;

GatewaySnapshot snapshot(int second, std::vector<TokenRow> tokens)
{
    GatewaySnapshot snapshot;
    snapshot.takenMs = start + second * 1'000;
    snapshot.tokens = std::move(tokens);
    return snapshot;
}

} // namespace

class TestPriceHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEachUpdateOnce()
    {
        PriceHistory history;
        history.append(snapshot(0, {{.token = "BTC", .price = 5, .seq = 1}, {.token = "ETH", .price = 9, .seq = 2}}));
        history.append(snapshot(1, {{.token = "BTC", .price = 5, .seq = 1}, {.token = "ETH", .price = 9, .seq = 3}}));
        history.append(snapshot(2, {{.token = "BTC", .price = 6, .seq = 4}, {.token = "ETH", .price = 9, .seq = 3}}));
        QCOMPARE(history.of("BTC").shown(start + 2'000, 60s), (QList<QPointF>{{-2, 5}, {0, 6}}));
        QCOMPARE(history.of("ETH").shown(start + 2'000, 60s), (QList<QPointF>{{-2, 9}, {-1, 9}}));
        QCOMPARE(history.of("DOGE").size(), 0u);
    }

    void forgetsWhatTheGatewayForgot()
    {
        PriceHistory history;
        history.append(snapshot(0, {{.token = "BTC", .price = 5, .seq = 1}, {.token = "ETH", .price = 9, .seq = 2}}));
        history.append(snapshot(1, {{.token = "ETH", .price = 9, .seq = 2}}));
        QCOMPARE(history.of("BTC").size(), 0u);
        QCOMPARE(history.of("ETH").size(), 1u);
    }

    // With few tokens an hour of each, with many a share of what all may have.
    void isBoundedForAllTogether()
    {
        QCOMPARE(PriceHistory::shareOf(0), limits::historyPointsMax);
        QCOMPARE(PriceHistory::shareOf(10), limits::historyPointsMax);
        QCOMPARE(PriceHistory::shareOf(10'000), 100u);
        std::vector<TokenRow> tokens;
        for (int i = 0; i < 5'000; ++i)
            tokens.push_back({.token = QByteArray::number(i), .price = 1});
        PriceHistory history;
        for (int second = 0; second < 250; ++second) {
            for (auto &token : tokens)
                ++token.seq;
            history.append(snapshot(second, tokens));
        }
        QCOMPARE(history.of("0").size(), 200u);
        QCOMPARE(history.of("4999").size(), 200u);
    }
};

QTEST_GUILESS_MAIN(TestPriceHistory)
#include "tst_pricehistory.moc"
