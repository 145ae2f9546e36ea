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
};

QTEST_APPLESS_MAIN(TestFrameBuilder)
#include "tst_framebuilder.moc"
