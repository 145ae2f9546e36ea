// What is kept for a client that cannot take everything.
#include "core/shard/thinner.h"
#include "tests/core/shard/testframes.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

namespace {

constexpr qsizetype everything = 1 << 20;

std::vector<Seq> seqs(const Thinner::Batch &batch)
{
    std::vector<Seq> numbers;
    for (const auto &frame : batch.frames)
        numbers.push_back(frame->seq);
    return numbers;
}

QJsonObject payload(const QByteArray &frame)
{
    return QJsonDocument::fromJson(frame.sliced(frame.indexOf('{'))).object();
}

} // namespace

class TestThinner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewestPerTokenInStreamOrder()
    {
        Thinner thinner;
        QVERIFY(!thinner.hold(priceFrame("A", 1)));
        QVERIFY(!thinner.hold(priceFrame("B", 2)));
        QVERIFY(thinner.hold(priceFrame("A", 3)));
        QCOMPARE(thinner.frames(), 2u);
        QCOMPARE(seqs(thinner.take(everything)), (std::vector<Seq>{2, 3}));
        QVERIFY(thinner.isEmpty());
    }

    void saysHowManyWereReplaced()
    {
        Thinner thinner;
        const auto untouched = priceFrame("B", 1);
        thinner.hold(untouched);
        for (Seq seq = 2; seq <= 5; ++seq)
            thinner.hold(priceFrame("A", seq, seq - 1));
        QCOMPARE(thinner.take(1).bytes, untouched->bytes); // the same bytes, nothing to say
        const auto told = payload(thinner.take(1).bytes);
        QCOMPARE(told.value(QLatin1String("seq")).toInteger(), 5);
        QCOMPARE(told.value(QLatin1String("conflated")).toInteger(), 3);
        thinner.hold(priceFrame("A", 6));
        QVERIFY(!payload(thinner.take(1).bytes).contains(QLatin1String("conflated"))); // counted once
    }

    void channelsAndNoticesDoNotReplaceOneAnother()
    {
        Thinner thinner;
        auto notice = std::make_shared<Frame>(*priceFrame("A", 0));
        notice->kind = FrameKind::Stale;
        auto end = std::make_shared<Frame>(*notice);
        end->kind = FrameKind::Live;
        thinner.hold(priceFrame("A", 1));
        thinner.hold(testFrame(Channel::Volume, "A", 2));
        thinner.hold(testFrame(Channel::Market, {}, 3));
        thinner.hold(notice);
        QVERIFY(thinner.hold(end));
        thinner.hold(priceFrame("A", 4));
        const auto batch = thinner.take(everything);
        QCOMPARE(seqs(batch), (std::vector<Seq>{2, 3, 0, 4}));
        QCOMPARE(batch.frames[2]->kind, FrameKind::Live);
        QCOMPARE(batch.bytes.count("conflated"), 1); // of the price; a notice has no such field
    }

    void givesAsMuchAsThereIsRoomFor()
    {
        Thinner thinner;
        for (Seq seq = 1; seq <= 10; ++seq)
            thinner.hold(priceFrame("T" + QByteArray::number(seq), seq, 0, 100));
        const auto first = thinner.take(350);
        QVERIFY(first.frames.size() >= 2 && first.frames.size() < 10);
        const auto rest = thinner.take(everything);
        QCOMPARE(first.frames.size() + rest.frames.size(), 10u);
        QCOMPARE(rest.frames.front()->seq, first.frames.back()->seq + 1);
    }

    void dropsWhatIsNotWantedAnyMore()
    {
        Thinner thinner;
        thinner.hold(priceFrame("A", 1));
        thinner.hold(priceFrame("B", 2));
        thinner.hold(testFrame(Channel::Market, {}, 3));
        thinner.drop({false, {"A"}});
        QVERIFY(!thinner.hold(priceFrame("A", 4)));
        thinner.drop({true, {}});
        QCOMPARE(seqs(thinner.take(everything)), std::vector<Seq>{3});
    }
};

QTEST_APPLESS_MAIN(TestThinner)
#include "tst_thinner.moc"
