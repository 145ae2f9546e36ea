#include "ui/models/clientfacts.h"
#include "ui/models/clientsmodel.h"
#include "ui/models/format.h"
#include "ui/models/framesmodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace odin;

namespace {

ClientRow row(int number)
{
    ClientRow client;
    client.id = "node-0-" + QByteArray::number(number);
    client.ordinal = quint64(number);
    client.address = "127.0.0.1";
    client.port = quint16(10'000 + number);
    return client;
}

/// What a gateway with `total` clients, the first of which is `oldest`, answers.
ClientListingPtr answer(const ClientQuery &query, int total, int oldest = 0)
{
    ClientListing listing{query, 1'700'000'000'000, total, total, std::min(query.first, total), {}};
    for (int i = listing.first; i < std::min(listing.first + query.count, total); ++i)
        listing.rows.push_back(row(oldest + i));
    return std::make_shared<const ClientListing>(listing);
}

QString shown(const ClientsModel &model, int row, ClientColumn column)
{
    return model.index(row, int(column)).data().toString();
}

} // namespace

class TestClientsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsOnlyWhatIsAround();
    void growsAndShrinksAtItsEnd();
    void aListingOfBeforeIsLeftAlone();
    void asksForWhatCanBeSeen();
    void sortingIsTheGateways();
    void whatIsShown();
    void clocks();
    void facts();
    void subscriptions_data();
    void subscriptions();
    void framesKeepTheirChoice();
};

void TestClientsModel::holdsOnlyWhatIsAround()
{
    ClientsModel model;
    const QAbstractItemModelTester tester(&model);
    QVERIFY(model.isWaiting());
    model.setListing(answer(model.query(9'000, 9'020), 19'000));
    QCOMPARE(model.rowCount(), 19'000);
    QVERIFY(model.listing()->rows.size() < 200);
    QCOMPARE(shown(model, 9'010, ClientColumn::Id), QStringLiteral("node-0-9010"));
    QCOMPARE(model.rowOf("node-0-9010"), 9'010);
    QCOMPARE(model.idAt(5), QByteArray());
    QCOMPARE(model.rowOf("node-0-5"), -1);
    QCOMPARE(shown(model, 5, ClientColumn::Id), QStringLiteral("…"));
    QCOMPARE(shown(model, 5, ClientColumn::Address), QString());
    QCOMPARE(model.index(5, 0).data(ClientsModel::StateRole).toInt(), -1);
}

void TestClientsModel::growsAndShrinksAtItsEnd()
{
    ClientsModel model;
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setListing(answer(model.query(0, 20), 100));
    model.setListing(answer(model.query(0, 20), 150));
    model.setListing(answer(model.query(0, 20), 30));
    model.setListing(answer(model.query(0, 20), 0));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(inserted.last()[1].toInt(), 100);
    QCOMPARE(removed.count(), 2);
}

void TestClientsModel::aListingOfBeforeIsLeftAlone()
{
    ClientsModel model;
    const auto before = answer(model.query(0, 20), 100);
    model.setListing(before);
    model.setFilter(QStringLiteral("x"));
    QVERIFY(model.isWaiting());
    model.setListing(answer(before->query, 70));
    QCOMPARE(model.rowCount(), 100);
    model.setListing(answer(model.query(0, 20), 3));
    QCOMPARE(model.rowCount(), 3);
    QVERIFY(!model.isWaiting());
}

void TestClientsModel::asksForWhatCanBeSeen()
{
    ClientsModel model;
    const auto top = model.query(0, 20);
    QCOMPARE(top.first, 0);
    QVERIFY(top.count > 20 && top.count < 300);
    QVERIFY(top.anchor.isEmpty()); // who comes first is to be seen
    model.setListing(answer(model.query(500, 520), 1'000));
    const auto middle = model.query(500, 520);
    QVERIFY(middle.first < 500 && middle.first + middle.count > 520);
    QCOMPARE(middle.anchor, QByteArray("node-0-500"));
    QCOMPARE(middle.anchorRow, 500);
}

void TestClientsModel::sortingIsTheGateways()
{
    ClientsModel model;
    QSignalSpy wanted(&model, &ClientsModel::wanted);
    model.sort(int(ClientColumn::Backlog), Qt::DescendingOrder);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(model.query(0, 9).column, ClientColumn::Backlog);
    QCOMPARE(model.query(0, 9).order, Qt::DescendingOrder);
    model.sort(-1, Qt::AscendingOrder); // a header without an indicator
    QCOMPARE(model.query(0, 9).column, ClientColumn::Id);
}

void TestClientsModel::whatIsShown()
{
    ClientsModel model;
    auto client = row(7);
    client.tokens = "BTC ETH";
    client.tokenCount = 2;
    client.pace = {Mode::Latest, 2.5};
    client.limitHz = 2.5;
    client.outPerSecond = 12.34;
    client.backlogBytes = 65'000;
    client.conflated = 12'345;
    client.roundTripMs = 1.5;
    client.state = ClientState::Thinned;
    auto other = row(8);
    other.address = "::1";
    other.tokenCount = allTokens;
    const auto query = model.query(0, 9);
    model.setListing(std::make_shared<const ClientListing>(ClientListing{query, 0, 2, 2, 0, {client, other}}));
    QCOMPARE(shown(model, 0, ClientColumn::Address), QStringLiteral("127.0.0.1:10007"));
    QCOMPARE(shown(model, 0, ClientColumn::User), noValue);
    QCOMPARE(shown(model, 0, ClientColumn::Tokens), QStringLiteral("BTC ETH"));
    QCOMPARE(shown(model, 0, ClientColumn::Mode), QStringLiteral("limited 2.5 /s"));
    QCOMPARE(shown(model, 0, ClientColumn::Out), QStringLiteral("12.3 /s"));
    QCOMPARE(shown(model, 0, ClientColumn::Backlog), QStringLiteral("65 kB"));
    QCOMPARE(shown(model, 0, ClientColumn::Conflated), QStringLiteral("12,345"));
    QCOMPARE(shown(model, 0, ClientColumn::RoundTrip), QStringLiteral("1.5 ms"));
    QCOMPARE(shown(model, 0, ClientColumn::State), QStringLiteral("thinned"));
    QVERIFY(model.index(0, int(ClientColumn::Mode)).data(ClientsModel::NotableRole).toBool());
    QCOMPARE(shown(model, 1, ClientColumn::Address), QStringLiteral("[::1]:10008"));
    QCOMPARE(shown(model, 1, ClientColumn::Tokens), QStringLiteral("all"));
    QCOMPARE(shown(model, 1, ClientColumn::Mode), QStringLiteral("auto"));
    QCOMPARE(shown(model, 1, ClientColumn::Out), noValue);
    QCOMPARE(shown(model, 1, ClientColumn::RoundTrip), noValue);
}

void TestClientsModel::clocks()
{
    const auto noon = QDateTime(QDate(2026, 3, 4), QTime(12, 0, 5)).toMSecsSinceEpoch();
    QCOMPARE(formatClock(noon, noon + 60'000), QStringLiteral("12:00:05"));
    QCOMPARE(formatClock(noon, noon + 86'400'000), QStringLiteral("03-04 12:00:05"));
}

void TestClientsModel::facts()
{
    ClientDetails client;
    client.row = row(1);
    client.row.pace = {Mode::Latest, 2};
    client.row.limitHz = 2;
    client.asked = {Mode::Stream, 0};
    client.row.state = ClientState::CatchingUp;
    client.caughtUpTo = 1'500;
    client.catchUpEnd = 2'000;
    client.heldUpdates = 4;
    client.commands = 1'200;
    client.commandErrors = 3;
    QStringList names;
    QHash<QString, QString> values;
    for (const auto &[name, value] : factsOf(client)) {
        names.append(name);
        values.insert(name, value);
    }
    QCOMPARE(values.value(QStringLiteral("Mode")), QStringLiteral("limited 2 /s"));
    QCOMPARE(values.value(QStringLiteral("Asked for")), QStringLiteral("stream"));
    QCOMPARE(values.value(QStringLiteral("Commands")), QStringLiteral("1,200, 3 refused"));
    QCOMPARE(values.value(QStringLiteral("State")), QStringLiteral("catching up, at 1,500 of 2,000"));
    QCOMPARE(values.value(QStringLiteral("Held back")), QStringLiteral("4"));
    QStringList always;
    for (const auto &fact : factsOf(ClientDetails()))
        always.append(fact.name);
    QCOMPARE(names, always);
}

void TestClientsModel::subscriptions_data()
{
    QTest::addColumn<QByteArrayList>("tokens");
    QTest::addColumn<QByteArrayList>("without");
    QTest::addColumn<QByteArrayList>("channels");
    QTest::addColumn<QString>("text");
    const QByteArrayList none;
    QTest::newRow("nothing") << none << none << none << QStringLiteral("nothing");
    QTest::newRow("all") << QByteArrayList{"*"} << none << QByteArrayList{"price"}
                         << QStringLiteral("all tokens · price");
    QTest::newRow("all but one") << QByteArrayList{"*"} << QByteArrayList{"DOGE"} << QByteArrayList{"price", "volume"}
                                 << QStringLiteral("all tokens but DOGE · price, volume");
    QTest::newRow("some") << QByteArrayList{"BTC", "ETH"} << none << QByteArrayList{"price"}
                          << QStringLiteral("BTC, ETH · price");
    QTest::newRow("market alone") << none << none << QByteArrayList{"market"} << QStringLiteral("market");
}

void TestClientsModel::subscriptions()
{
    QFETCH(QByteArrayList, tokens);
    QFETCH(QByteArrayList, without);
    QFETCH(QByteArrayList, channels);
    QFETCH(QString, text);
    ClientDetails client;
    client.tokens = tokens;
    client.withoutTokens = without;
    client.channels = channels;
    QCOMPARE(subscriptionOf(client), text);
}

void TestClientsModel::framesKeepTheirChoice()
{
    FramesModel model;
    const QAbstractItemModelTester tester(&model);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const SentFrame frame{1'700'000'000'000, "BTC", Channel::Price, 1'234, 190, R"({"price":1})"};
    model.setFrames({frame});
    model.setFrames({frame});
    QCOMPARE(resets.count(), 1);
    const auto shown = [&](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(shown(FramesModel::Token), QStringLiteral("BTC"));
    QCOMPARE(shown(FramesModel::Channel), QStringLiteral("price"));
    QCOMPARE(shown(FramesModel::Sequence), QStringLiteral("1,234"));
    QCOMPARE(shown(FramesModel::Bytes), QStringLiteral("190 B"));
    QCOMPARE(shown(FramesModel::Message), QStringLiteral(R"({"price":1})"));
    model.setFrames({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestClientsModel)
#include "tst_clientsmodel.moc"
