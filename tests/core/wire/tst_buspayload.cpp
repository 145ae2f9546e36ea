// What publishers may and may not say: every refusal of the contract, and that accepted bytes are relayed untouched.
#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

namespace {

constexpr qint64 now = 1'700'000'000'000;

QByteArray price(const QByteArray &changed = {}, const QByteArray &with = {})
{
    QByteArray text = R"({"type":"price:update","tokenId":"BTC","price":64218.420,"volume24h":2.132e8,)"
                      R"("priceChange24h":-1.82,"timestamp":1700000000000,"source":"trade","nonce":"n1"})";
    if (!changed.isEmpty() && !text.contains(changed))
        qFatal("the test changes something that is not there");
    return changed.isEmpty() ? text : text.replace(changed, with);
}

} // namespace

class TestBusPayload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsPriceUntouched()
    {
        const auto payload = price("\"n1\"", "\"n1\",\"exchange\":{\"name\":\"a}b\",\"depth\":[1.50,2e1]}");
        const auto decoded = decodeBusMessage("odin.tokens.BTC.price", payload, now);
        QCOMPARE(decoded.refusals.size(), 0u);
        QCOMPARE(decoded.updates.size(), 1u);
        const auto &update = decoded.updates.front();
        QCOMPARE(update.json, payload);
        QCOMPARE(update.token, "BTC");
        QCOMPARE(update.price, 64218.42);
        QCOMPARE(update.timestampMs, now);
        QVERIFY(update.channel == Channel::Price);
    }

    void trimsWhatIsAroundTheObject()
    {
        const auto decoded = decodeBusMessage("odin.tokens.BTC.price", "\n  " + price() + " \r\n", now);
        QCOMPARE(decoded.updates.at(0).json, price());
    }

    void dropsFieldsThatTheGatewayAdds()
    {
        const auto payload = price("\"n1\"", R"("n1","seq":1,"prev":2,"conflated":3,"kept":1.10)");
        const auto decoded = decodeBusMessage("odin.tokens.BTC.price", payload, now);
        QCOMPARE(decoded.updates.at(0).json, price("\"n1\"", R"("n1","kept":1.10)"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("reason");
        const QByteArray subject = "odin.tokens.BTC.price";
        const auto row = [&](const char *name, const QByteArray &payload, Refusal reason) {
            QTest::newRow(name) << subject << payload << int(reason);
        };
        row("empty", "", Refusal::NotJson);
        row("array", "[" + price() + "]", Refusal::NotJson);
        row("number", "1", Refusal::NotJson);
        row("cut off", price().chopped(1), Refusal::NotJson);
        row("two objects", price() + price(), Refusal::NotJson);
        row("bad UTF-8", price("n1", "\xff"), Refusal::NotJson);
        row("overlong UTF-8", price("n1", "\xc0\x80"), Refusal::NotJson);
        row("control character", price("n1", "a\nb"), Refusal::NotJson);
        row("bad escape", price("n1", "\\q"), Refusal::NotJson);
        row("NaN", price("64218.420", "NaN"), Refusal::NotJson);
        row("infinite in a field of its own", price("\"n1\"", R"("n1","more":[{"a":-1E400}])"), Refusal::NotJson);
        row("infinite by its digits", price("64218.420", QByteArray(400, '9')), Refusal::NotJson);
        row("infinite", price("64218.420", "1e999"), Refusal::NotJson);
        row("digitless fraction", price("64218.420", "1."), Refusal::NotJson);
        row("bare fraction", price("64218.420", ".5"), Refusal::NotJson);
        row("nested garbage", price("\"n1\"", R"("n1","x":[{"y":"\q"}])"), Refusal::NotJson);
        row("deep nesting", price("\"n1\"", "\"n1\",\"x\":" + QByteArray(1500, '[') + QByteArray(1500, ']')),
            Refusal::NotJson);
        row("too big", price("n1", QByteArray(limits::payloadBytesMax, 'x')), Refusal::TooBig);
        row("price missing", price("\"price\"", "\"prise\""), Refusal::MissingField);
        row("token missing", price("tokenId", "tokenid"), Refusal::MissingField);
        row("nonce missing", price("nonce", "once"), Refusal::MissingField);
        row("price text", price("64218.420", "\"64218.420\""), Refusal::WrongType);
        row("price null", price("64218.420", "null"), Refusal::WrongType);
        row("nonce number", price("\"n1\"", "1"), Refusal::WrongType);
        row("other type", price("price:update", "volume:update"), Refusal::WrongType);
        row("other source", price("\"trade\"", "\"rumour\""), Refusal::WrongType);
        row("timestamp text", price("1700000000000", "\"now\""), Refusal::WrongType);
        row("negative price", price("64218.420", "-0.01"), Refusal::BadPrice);
        row("duplicate price", price("\"n1\"", R"("n1","price":-1)"), Refusal::NotJson);
        row("duplicate of an unknown field", price("\"n1\"", R"("n1","x":1,"x":1)"), Refusal::NotJson);
        row("duplicate price, escaped", price("\"n1\"", R"("n1","\u0070rice":1)"), Refusal::NotJson);
        row("other token", price("BTC", "ETH"), Refusal::TokenMismatch);
        row("token with markup", price("BTC", "<b>"), Refusal::BadToken);
        row("long token", price("BTC", QByteArray(33, 'A')), Refusal::BadToken);
        row("empty token", price("BTC", ""), Refusal::BadToken);
        row("far future", price("1700000000000", QByteArray::number(now + 60'001)), Refusal::FutureTime);
        QTest::newRow("unknown subject") << QByteArray("odin.tokens.BTC.depth") << price() << int(Refusal::UnknownSubject);
        QTest::newRow("bad token in subject")
            << QByteArray("odin.tokens.B*C.price") << price() << int(Refusal::BadToken);
        QTest::newRow("nothing of ours") << QByteArray("other") << price() << int(Refusal::UnknownSubject);
    }

    void refuses()
    {
        QFETCH(const QByteArray, subject);
        QFETCH(const QByteArray, payload);
        QFETCH(const int, reason);
        const auto decoded = decodeBusMessage(subject, payload, now);
        QCOMPARE(decoded.updates.size(), 0u);
        QCOMPARE(decoded.refusals.size(), 1u);
        QCOMPARE(refusalName(decoded.refusals.front()), refusalName(Refusal(reason)));
    }

    void allowsAClockThatIsAMinuteAhead()
    {
        const auto ahead = price("1700000000000", QByteArray::number(now + 60'000));
        QCOMPARE(decodeBusMessage("odin.tokens.BTC.price", ahead, now).updates.size(), 1u);
    }

    void keepsIntegersBeyondDoubles()
    {
        const auto payload = price("\"n1\"", R"("n1","supply":589000000000000000000000001)");
        QCOMPARE(decodeBusMessage("odin.tokens.BTC.price", payload, now).updates.at(0).json, payload);
    }

    void batchEntriesBecomePriceUpdates()
    {
        const QByteArray batch = R"({"type":"price:batch","timestamp":1700000000000,"updates":[)"
                                 R"({"tokenId":"BTC","price":1.10,"volume24h":2,"priceChange24h":3,"nonce":"x"},)"
                                 R"({"tokenId":"ETH","price":-1,"volume24h":2,"priceChange24h":3},)"
                                 R"( {"tokenId":"SOL","price":5.0,"volume24h":2,"priceChange24h":3,"seq":9} ]})";
        const auto decoded = decodeBusMessage(batchSubject, batch, now);
        QCOMPARE(decoded.refusals.size(), 1u);
        QVERIFY(decoded.refusals.front() == Refusal::BadPrice);
        QCOMPARE(decoded.updates.size(), 2u);
        QVERIFY(decoded.updates[0].json.contains("\"price\":1.10,"));
        const auto sol = QJsonDocument::fromJson(decoded.updates[1].json).object();
        QCOMPARE(sol[QLatin1String("type")].toString(), QStringLiteral("price:update"));
        QCOMPARE(sol[QLatin1String("source")].toString(), QStringLiteral("scheduler"));
        QCOMPARE(sol[QLatin1String("timestamp")].toDouble(), double(now));
        QVERIFY(!sol[QLatin1String("nonce")].toString().isEmpty());
        QVERIFY(!sol.contains(QLatin1String("seq")));
    }

    void refusesBadBatches_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("reason");
        QTest::newRow("no updates") << QByteArray(R"({"type":"price:batch","timestamp":1})") << int(Refusal::MissingField);
        QTest::newRow("object") << QByteArray(R"({"type":"price:batch","timestamp":1,"updates":{}})") << int(Refusal::WrongType);
        QTest::newRow("no time") << QByteArray(R"({"type":"price:batch","updates":[]})") << int(Refusal::MissingField);
        QTest::newRow("entry no object") << QByteArray(R"({"type":"price:batch","timestamp":1,"updates":[1]})") << int(Refusal::NotJson);
        QByteArray many = R"({"type":"price:batch","timestamp":1,"updates":[0)";
        for (int i = 0; i < limits::batchUpdatesMax; ++i)
            many += ",0";
        QTest::newRow("too many") << many + "]}" << int(Refusal::TooManyUpdates);
    }

    void refusesBadBatches()
    {
        QFETCH(const QByteArray, payload);
        QFETCH(const int, reason);
        const auto decoded = decodeBusMessage(batchSubject, payload, now);
        QCOMPARE(decoded.updates.size(), 0u);
        QCOMPARE(refusalName(decoded.refusals.at(0)), refusalName(Refusal(reason)));
    }

    void volumeAndMarket()
    {
        const QByteArray volume = R"({"type":"volume:update","tokenId":"BTC","volume24h":12.50,"timestamp":1700000000000})";
        const auto one = decodeBusMessage("odin.tokens.BTC.volume", volume, now);
        QVERIFY(one.updates.at(0).channel == Channel::Volume);
        QCOMPARE(one.updates.at(0).json, volume);
        const QByteArray market = R"({"type":"market:statistics","totalVolume24h":1e9})";
        const auto two = decodeBusMessage(marketSubject, market, now);
        QVERIFY(two.updates.at(0).channel == Channel::Market);
        QVERIFY(two.updates.at(0).token.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestBusPayload)
#include "tst_buspayload.moc"
