// Which rows an operator sees, and that they stay where they are as far as they can.
#include "core/stats/clientorder.h"

#include <QTest>

using namespace odin;

namespace {

ClientRow row(int number, double out = 0)
{
    ClientRow client;
    client.id = "node-0-" + QByteArray::number(number);
    client.ordinal = quint64(number);
    client.address = "192.0.2." + QByteArray::number(number % 4);
    client.port = quint16(1000 + number);
    client.sinceMs = 1'000'000 + number;
    client.tokens = number % 2 ? "BTC" : "*";
    client.tokenCount = number % 2 ? 1 : allTokens;
    client.outPerSecond = out;
    return client;
}

std::vector<ClientRow> rows(std::initializer_list<std::pair<int, double>> numbers)
{
    std::vector<ClientRow> list;
    for (const auto &[number, out] : numbers)
        list.push_back(row(number, out));
    return list;
}

QList<int> numbers(const ClientListing &listing)
{
    QList<int> list;
    for (const auto &client : listing.rows)
        list.append(int(client.ordinal));
    return list;
}

ClientQuery by(ClientColumn column, Qt::SortOrder order = Qt::AscendingOrder)
{
    return {.filter = {}, .column = column, .order = order, .first = 0, .count = 100, .anchor = {}};
}

} // namespace

class TestClientOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sorts_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("since") << int(ClientColumn::Since) << false << QList<int>{2, 5, 9, 10};
        QTest::newRow("id, as numbers") << int(ClientColumn::Id) << true << QList<int>{10, 9, 5, 2};
        QTest::newRow("address, then port") << int(ClientColumn::Address) << false << QList<int>{5, 9, 2, 10};
        QTest::newRow("address, the other way") << int(ClientColumn::Address) << true << QList<int>{10, 2, 9, 5};
        QTest::newRow("rate, the earlier session first") << int(ClientColumn::Out) << true << QList<int>{9, 5, 10, 2};
        QTest::newRow("tokens") << int(ClientColumn::Tokens) << false << QList<int>{5, 9, 2, 10};
    }

    void sorts()
    {
        QFETCH(int, column);
        QFETCH(bool, descending);
        QFETCH(QList<int>, expected);
        ClientOrder order;
        order.setRows(rows({{10, 3}, {5, 3}, {9, 8}, {2, 1}}), 0);
        const auto listing =
            order.list(by(ClientColumn(column), descending ? Qt::DescendingOrder : Qt::AscendingOrder));
        QCOMPARE(numbers(listing), expected);
    }

    void filters_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("nothing") << QString() << QList<int>{1, 2, 3};
        QTest::newRow("token in another case") << QStringLiteral(" btc ") << QList<int>{1, 3};
        QTest::newRow("end of an id") << QStringLiteral("0-2") << QList<int>{2};
        QTest::newRow("address and port") << QStringLiteral("192.0.2.3:1003") << QList<int>{3};
        QTest::newRow("mode") << QStringLiteral("latest") << QList<int>{2};
        QTest::newRow("state") << QStringLiteral("thinned") << QList<int>{3};
        QTest::newRow("limited") << QStringLiteral("limited") << QList<int>{2};
        QTest::newRow("none") << QStringLiteral("no such") << QList<int>{};
    }

    void filters()
    {
        QFETCH(QString, filter);
        QFETCH(QList<int>, expected);
        auto clients = rows({{1, 0}, {2, 0}, {3, 0}});
        clients[1].pace = {Mode::Latest, 2};
        clients[1].limitHz = 2;
        clients[2].state = ClientState::Thinned;
        ClientOrder order;
        order.setRows(clients, 77);
        auto query = by(ClientColumn::Since);
        query.filter = filter;
        const auto listing = order.list(query);
        QCOMPARE(numbers(listing), expected);
        QCOMPARE(listing.total, 3);
        QCOMPARE(listing.matching, int(expected.size()));
        QCOMPARE(listing.takenMs, 77);
    }

    void givesTheRowsThatAreAskedFor()
    {
        ClientOrder order;
        std::vector<ClientRow> many;
        for (int i = 0; i < 1000; ++i)
            many.push_back(row(i));
        order.setRows(many, 0);
        auto query = by(ClientColumn::Since);
        query.first = 500;
        query.count = 3;
        const auto middle = order.list(query);
        QCOMPARE(numbers(middle), QList<int>({500, 501, 502}));
        QVERIFY(middle.answers(query));
        query.first = 998;
        const auto end = order.list(query);
        QCOMPARE(numbers(end), QList<int>({998, 999}));
        QVERIFY(end.answers(query) && !middle.answers(query));
        query.first = 5000; // of before many went
        QVERIFY(order.list(query).rows.empty());
        QVERIFY(order.list(query).answers(query));
        query.column = ClientColumn::Out;
        QVERIFY(!end.answers(query));
    }

    void keepsTheOrderWhileItIsLookedAt()
    {
        ClientOrder order;
        auto query = by(ClientColumn::Out, Qt::DescendingOrder);
        query.rowOrder = RowOrder::Kept;
        order.setRows(rows({{1, 10}, {2, 20}, {3, 30}}), 0);
        QCOMPARE(numbers(order.list(query)), QList<int>({3, 2, 1}));
        order.setRows(rows({{1, 99}, {3, 1}, {4, 50}, {5, 70}}), 1); // 2 is gone, others are new
        const auto kept = order.list(query);
        QCOMPARE(numbers(kept), QList<int>({3, 1, 5, 4}));
        QCOMPARE(kept.rows.front().outPerSecond, std::optional(1.0)); // the values are new
        QCOMPARE(numbers(order.list(query)), QList<int>({3, 1, 5, 4}));
        query.rowOrder = RowOrder::Live;
        order.setRows(rows({{1, 99}, {3, 1}, {4, 50}, {5, 70}}), 2);
        QCOMPARE(numbers(order.list(query)), QList<int>({1, 5, 4, 3}));
    }

    void anotherOrderIsSortedAtOnce()
    {
        ClientOrder order;
        order.setRows(rows({{1, 10}, {2, 20}, {3, 30}}), 0);
        auto query = by(ClientColumn::Out, Qt::DescendingOrder);
        query.rowOrder = RowOrder::Kept;
        QCOMPARE(numbers(order.list(query)), QList<int>({3, 2, 1}));
        query.order = Qt::AscendingOrder;
        QCOMPARE(numbers(order.list(query)), QList<int>({1, 2, 3}));
    }

    void followsItsAnchor()
    {
        ClientOrder order;
        std::vector<ClientRow> many;
        for (int i = 0; i < 300; ++i)
            many.push_back(row(i));
        order.setRows(many, 0);
        auto query = by(ClientColumn::Since);
        query.first = 200;
        query.count = 5;
        query.anchor = row(202).id;
        query.anchorRow = 202;
        QCOMPARE(numbers(order.list(query)).front(), 200);
        many.erase(many.begin(), many.begin() + 150);
        order.setRows(many, 0);
        const auto moved = order.list(query);
        QCOMPARE(moved.first, 50);
        QCOMPARE(numbers(moved).front(), 200);
        query.anchor = "gone";
        QCOMPARE(order.list(query).first, 150); // as many as there are
    }
};

QTEST_GUILESS_MAIN(TestClientOrder)
#include "tst_clientorder.moc"
