// What the swarm reads of a message: the same whatever the order of fields, and from memory the same as from the text.
#include "simulator/swarm/updatereader.h"

#include <QTest>

#include <vector>

using namespace odin::swarm;

namespace {

std::string update(const std::string &token, int seq, int prev)
{
    return "{\"type\":\"price:update\",\"tokenId\":\"" + token + "\",\"price\":1.5,\"timestamp\":1795502127591,\"seq\":"
        + std::to_string(seq) + ",\"prev\":" + std::to_string(prev) + "}";
}

} // namespace

class TestUpdateReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUpdate()
    {
        UpdateReader reader;
        const auto facts = reader.read(update("BTC", 12, 7));
        QCOMPARE(facts.seq, 12);
        QCOMPARE(facts.prev, 7);
        QCOMPARE(facts.conflated, 0);
        QCOMPARE(facts.timestampMs, 1795502127591);
        QCOMPARE(reader.read("{\"tokenId\":\"BTC\",\"conflated\":3,\"seq\":13,\"prev\":12,\"type\":\"price:update\"}").conflated, 3);
    }

    void tokensKeepTheirNumber()
    {
        UpdateReader reader;
        const int bitcoin = reader.read(update("BTC", 1, 0)).token;
        const int ether = reader.read(update("ETH", 2, 0)).token;
        QVERIFY(bitcoin != ether);
        QCOMPARE(reader.read(update("BTC", 3, 1)).token, bitcoin);
    }

    void fromMemoryAsFromTheText()
    {
        UpdateReader reader;
        for (int round = 0; round < 3; ++round) {
            for (int seq = 1; seq <= 2'000; ++seq) { // many more than it keeps
                const auto &facts = reader.read(update(seq % 2 ? "BTC" : "ETH", seq, seq - 2));
                QCOMPARE(facts.seq, seq);
                QCOMPARE(facts.prev, seq - 2);
            }
        }
        // Alike at their ends, where it looks first.
        const int one = reader.read(update("AAA", 5, 4)).token;
        QVERIFY(reader.read(update("BBB", 5, 4)).token != one);
    }

    void aSnapshot()
    {
        UpdateReader reader;
        std::vector<std::int64_t> seqs;
        reader.readSnapshot("{\"type\":\"price:snapshot\",\"updates\":[" + update("BTC", 9, 1) + "," + update("ETH", 8, 0) + "]}",
                            [&seqs](const UpdateFacts &facts) { seqs.push_back(facts.seq); });
        QCOMPARE(seqs, (std::vector<std::int64_t>{9, 8}));
        reader.readSnapshot("{\"type\":\"price:snapshot\",\"updates\":[]}", [](const UpdateFacts &) { QFAIL("nothing is in it"); });
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::newRow("update") << QByteArray("{\"type\":\"price:update\",\"seq\":1}") << int(MessageKind::Update);
        QTest::newRow("update, type last") << "{\"price\":1,\"pad\":\"" + QByteArray(200, 'x') + "\",\"type\":\"price:update\"}"
                                           << int(MessageKind::Update);
        QTest::newRow("snapshot") << QByteArray("{\"type\":\"price:snapshot\",\"updates\":[]}") << int(MessageKind::Snapshot);
        QTest::newRow("welcome") << QByteArray("{\"type\":\"welcome\"}") << int(MessageKind::Welcome);
        QTest::newRow("other") << QByteArray("{\"type\":\"feed:stale\"}") << int(MessageKind::Other);
        QTest::newRow("no type") << QByteArray("{\"a\":1}") << int(MessageKind::Other);
        QTest::newRow("cut") << QByteArray("{\"type\":\"price:up") << int(MessageKind::Other);
        QTest::newRow("empty") << QByteArray() << int(MessageKind::Other);
    }
    void kinds()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QCOMPARE(int(UpdateReader::kindOf(text.toStdString())), kind);
    }

    void arraysOfStrings()
    {
        const std::vector<std::string> tokens{"BTC", "ETH"};
        QCOMPARE(textsOf("{\"tokens\":[\"BTC\",\"ETH\"],\"other\":[\"x\"]}", "tokens"), tokens);
        QCOMPARE(textsOf("{\"tokens\":[],\"other\":[\"x\"]}", "tokens").size(), 0U);
        QCOMPARE(textsOf("{\"tokens\":[\"BTC\",\"ET", "tokens"), std::vector<std::string>{"BTC"});
        QCOMPARE(textsOf("{\"tokens\":\"BTC\"}", "tokens").size(), 0U);
    }

    void fieldsThatAreNotThere()
    {
        QCOMPARE(numberOf("{\"seq\":}", "seq"), 0);
        QCOMPARE(numberOf("{\"sequence\":5}", "seq"), 0);
        QCOMPARE(numberOf("{\"seq\":", "seq"), 0);
        QCOMPARE(textOf("{\"epoch\":5}", "epoch"), std::string_view());
        QCOMPARE(textOf("{\"epoch\":", "epoch"), std::string_view());
    }
};

QTEST_GUILESS_MAIN(TestUpdateReader)
#include "tst_updatereader.moc"
