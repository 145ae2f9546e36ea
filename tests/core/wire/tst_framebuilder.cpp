// RFC 6455 frames: lengths at every edge, and the sequence numbers that are added to an update.
#include "core/wire/framebuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <optional>

using namespace odin;

namespace {

/// The one unmasked text frame that these bytes are, read as RFC 6455 section 5.2 says; nothing when they are anything else.
std::optional<QByteArray> payloadOf(const QByteArray &frame)
{
    const auto byte = [&frame](qsizetype i) { return quint64(quint8(frame.at(i))); };
    if (frame.size() < 2 || byte(0) != 0x81)
        return {};
    quint64 length = byte(1);
    qsizetype header = 2;
    if (length >= 126) {
        header += length == 126 ? 2 : 8;
        const quint64 least = length == 126 ? 126 : 65'536; // the shortest form is required
        if (frame.size() < header)
            return {};
        length = 0;
        for (qsizetype i = 2; i < header; ++i)
            length = length << 8 | byte(i);
        if (length < least)
            return {};
    }
    return quint64(frame.size() - header) == length ? std::optional(frame.mid(header)) : std::nullopt;
}

Update priceOf(const QByteArray &json)
{
    Update update;
    update.token = "BTC";
    update.json = json;
    return update;
}

/// An object of so many bytes.
QByteArray objectOf(qsizetype bytes) { return "{\"a\":\"" + QByteArray(bytes - 8, 'x') + "\"}"; }

} // namespace

class TestFrameBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void header_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("0") << qsizetype(0) << QByteArray::fromHex("8100");
        QTest::newRow("125") << qsizetype(125) << QByteArray::fromHex("817d");
        QTest::newRow("126") << qsizetype(126) << QByteArray::fromHex("817e007e");
        QTest::newRow("65535") << qsizetype(65535) << QByteArray::fromHex("817effff");
        QTest::newRow("65536") << qsizetype(65536) << QByteArray::fromHex("817f0000000000010000");
    }

    void header()
    {
        QFETCH(const qsizetype, size);
        QFETCH(const QByteArray, header);
        QCOMPARE(frameHeader(size), header);
        QCOMPARE(textFrame(QByteArray(size, 'x')).size(), header.size() + size);
    }

    void everyLengthNearAnEdge()
    {
        for (const qsizetype edge : {qsizetype(0), qsizetype(126), qsizetype(65'536), qsizetype(1'000'000)}) {
            for (qsizetype size = std::max<qsizetype>(0, edge - 40); size < edge + 40; ++size) {
                const QByteArray payload(size, 'x');
                QCOMPARE(payloadOf(textFrame(payload)), payload);
            }
        }
    }

    void updatesThatGrowOverAnEdge()
    {
        StreamMessage message;
        message.seq = 123;
        for (const qsizetype edge : {126, 65'536}) {
            for (qsizetype size = edge - 60; size < edge + 5; ++size) {
                const auto json = objectOf(size);
                const auto frame = updateFrame(priceOf(json), message, 99);
                const auto expected = json.chopped(1) + ",\"seq\":123,\"prev\":99}";
                QCOMPARE(payloadOf(frame->bytes), expected);
                QCOMPARE(frame->payload(), QByteArrayView(expected));
                QCOMPARE(payloadOf(conflatedFrame(*frame, 18'446'744'073'709'551'615U)),
                         expected.chopped(1) + ",\"conflated\":18446744073709551615}");
            }
        }
    }

    void publishersBytesStay_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("digits") << QByteArray("{\"price\":1.1000000000000000888178419700125232338905,\"x\":1e-7}");
        QTest::newRow("white space") << QByteArray("{ \"price\" :\t1\n}");
        QTest::newRow("sequences inside of others") << QByteArray("{\"a\":{\"seq\":1,\"prev\":2},\"b\":[{\"conflated\":3}]}");
        QTest::newRow("sequences in a string") << QByteArray("{\"a\":\",\\\"seq\\\":1}\"}");
        QTest::newRow("braces in a string") << QByteArray("{\"a\":\"}}{\"}");
        QTest::newRow("UTF-8 of 2, 3 and 4 bytes") << QByteArray("{\"a\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x92\xB0\"}");
        QTest::newRow("escapes") << QByteArray("{\"a\":\"\\u0000\\ud83d\\udcb0\\\\\"}");
    }

    void publishersBytesStay()
    {
        QFETCH(const QByteArray, json);
        StreamMessage message;
        message.seq = 7;
        const auto payload = payloadOf(updateFrame(priceOf(json), message, 0)->bytes);
        QCOMPARE(payload, json.chopped(1) + ",\"seq\":7,\"prev\":0}");
        const auto object = QJsonDocument::fromJson(*payload).object();
        QCOMPARE(object.value(QLatin1String("seq")).toInteger(), 7);
        QCOMPARE(object.value(QLatin1String("prev")).toInteger(), 0);
        QVERIFY(!object.contains(QLatin1String("conflated")));
    }

    void addsSequences()
    {
        Update update;
        update.token = "BTC";
        update.json = R"({"price":1.10})";
        StreamMessage message;
        message.seq = 9007199254740991;
        const auto frame = updateFrame(update, message, 41);
        QCOMPARE(frame->payload().toByteArray(), R"({"price":1.10,"seq":9007199254740991,"prev":41})");
        QCOMPARE(frame->bytes, textFrame(frame->payload()));
    }

    void onlyPricesHaveAPredecessor()
    {
        Update update;
        update.channel = Channel::Market;
        update.json = R"({"a":1})";
        StreamMessage message;
        message.seq = 7;
        QCOMPARE(updateFrame(update, message, 0)->payload().toByteArray(), R"({"a":1,"seq":7})");
    }

    void notices()
    {
        using namespace std::chrono_literals;
        const SteadyTime heard{5min};
        const TokenSilence silence{.token = "BTC_x-1", .heard = heard, .age = 12'345ms, .expected = 3s};
        const auto stale = noticeFrame(FrameKind::Stale, silence, heard);
        QCOMPARE(stale->payload().toByteArray(),
                 R"({"type":"feed:stale","tokenId":"BTC_x-1","ageMs":12345,"expectedMs":3000})");
        QCOMPARE(stale->bytes, textFrame(stale->payload()));
        QCOMPARE(stale->kind, FrameKind::Stale);
        QCOMPARE(stale->channel, Channel::Price);
        QCOMPARE(stale->token, QByteArray("BTC_x-1"));
        QCOMPARE(stale->seq, 0);
        QVERIFY(stale->received == heard);
        QVERIFY(stale->encoded > heard);
        const auto live = noticeFrame(FrameKind::Live, silence, heard + 13s);
        QCOMPARE(live->payload().toByteArray(),
                 R"({"type":"feed:live","tokenId":"BTC_x-1","ageMs":12345,"expectedMs":3000})");
        QCOMPARE(live->kind, FrameKind::Live);
        QVERIFY(live->received == heard + 13s);
        QVERIFY(QJsonDocument::fromJson(live->payload().toByteArray()).isObject());
    }
};

QTEST_APPLESS_MAIN(TestFrameBuilder)
#include "tst_framebuilder.moc"
