// RFC 6455 frames: lengths at every edge, and the sequence numbers that are added to an update.
#include "core/wire/framebuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

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
