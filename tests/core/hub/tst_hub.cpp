// Numbering, encoding once, remembering the latest, and telling every shard.
#include "tests/core/hub/hubtest.h"

#include "core/hub/hub.h"
#include "core/model/limits.h"

#include <QTest>

#include <thread>

using namespace odin;

using Sink = RecordingFrames;

class TestHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersEachTokenByItself()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(10, {update("BTC")}));
        hub.receive(message(11, {update("ETH")}));
        hub.receive(message(15, {update("BTC")}));
        QCOMPARE(sink.frames.size(), 3u);
        QCOMPARE(sink.frames[0]->prev, 0);
        QCOMPARE(sink.frames[1]->prev, 0);
        QCOMPARE(sink.frames[2]->seq, 15);
        QCOMPARE(sink.frames[2]->prev, 10);
        QCOMPARE(json(sink.frames[2]).value(QLatin1String("seq")).toInt(), 15);
        QCOMPARE(json(sink.frames[2]).value(QLatin1String("prev")).toInt(), 10);
        QCOMPARE(hub.counters().framesEncoded.load(), 3u);
        QCOMPARE(hub.counters().lastSeq.load(), 15);
    }

    void aBatchSharesItsSequenceAndOnePost()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(1, {update("BTC")}));
        hub.receive(message(2, {update("BTC"), update("ETH")}));
        QCOMPARE(sink.posts, 2);
        QCOMPARE(sink.frames[1]->seq, 2);
        QCOMPARE(sink.frames[1]->prev, 1);
        QCOMPARE(sink.frames[2]->seq, 2);
        QCOMPARE(sink.frames[2]->prev, 0);
    }

    void everySinkGetsTheSameBytes()
    {
        Sink first, second;
        Hub hub({&first, &second});
        hub.receive(message(1, {update("BTC")}));
        QCOMPARE(first.frames.at(0).get(), second.frames.at(0).get());
    }

    void otherChannelsHaveNoPrev()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(1, {update("BTC")}));
        hub.receive(message(2, {update("BTC", 1, Channel::Volume)}));
        hub.receive(message(3, {update("BTC")}));
        QVERIFY(!json(sink.frames[1]).contains(QLatin1String("prev")));
        QCOMPARE(sink.frames[2]->prev, 1);
        QCOMPARE(hub.latestPrices().size(), 1u);
        QCOMPARE(hub.latestPrices().front()->seq, 3);
    }

    void keepsTheLatestSorted()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(1, {update("ETH", 1)}));
        hub.receive(message(2, {update("BTC", 2), update("ETH", 3)}));
        const auto latest = hub.latestPrices();
        QCOMPARE(latest.size(), 2u);
        QCOMPARE(latest[0]->token, QByteArray("BTC"));
        QCOMPARE(latest[1]->price, 3.0);
    }

    void nothingToSayIsNotPosted()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(1, {}));
        QCOMPARE(sink.posts, 0);
    }

    void resetForgetsTheStream()
    {
        Sink sink;
        Hub hub({&sink});
        hub.receive(message(500, {update("BTC")}));
        hub.resetStream();
        QCOMPARE(sink.resets, 1);
        QVERIFY(hub.latestPrices().empty());
        hub.receive(message(2, {update("BTC")}));
        QCOMPARE(sink.frames.at(0)->prev, 0);
    }

    // Else it would take what comes after the loss for all there was.
    void aSinkThatLostSomethingBeginsAnew()
    {
        Sink good;
        Sink full;
        Hub hub({&good, &full});
        hub.receive(message(1, {update("ETH")}));
        hub.receive(message(2, {update("BTC")}));
        full.isFull = true;
        hub.receive(message(3, {update("BTC")}));
        hub.receive(message(4, {update("ETH")}));
        QCOMPARE(full.resets, 1);
        full.isFull = false;
        hub.receive(message(5, {update("BTC")}));
        QCOMPARE(full.resets, 2);
        QCOMPARE(full.frames.size(), 2u); // the newest of each, the one in hand too, in stream order
        QCOMPARE(full.frames[0]->seq, 4);
        QCOMPARE(full.frames[1]->seq, 5);
        QCOMPARE(full.frames[1]->prev, 3);
        QCOMPARE(full.frames[1]->origin, Origin::Table);
        hub.receive(message(6, {update("BTC")}));
        QCOMPARE(full.frames.size(), 3u);
        QCOMPARE(good.frames.size(), 6u);
        QCOMPARE(good.resets, 0);
    }

    void refusesMoreTokensThanItMayKeep()
    {
        Sink sink;
        Hub hub({&sink});
        for (int i = 0; i < limits::tokensMax; ++i)
            hub.receive(message(i + 1, {update("T" + QByteArray::number(i))}));
        const auto posts = sink.posts;
        hub.receive(message(20'000, {update("ONE_TOO_MANY")}));
        hub.receive(message(20'001, {update("T0"), update("ANOTHER")}));
        QCOMPARE(sink.posts, posts + 1);
        QCOMPARE(sink.frames.back()->token, QByteArray("T0"));
        QCOMPARE(hub.latestPrices().size(), std::size_t(limits::tokensMax));
        QCOMPARE(hub.counters().tokensRefused.load(), 2u);
    }

    void readersMayLookAtAnyTime()
    {
        Sink sink;
        Hub hub({&sink});
        std::atomic<bool> done{false};
        std::thread reader([&] {
            Seq seen = 0;
            while (!done) {
                for (const auto &frame : hub.latestPrices()) {
                    QVERIFY(frame->seq >= seen);
                    seen = frame->seq;
                }
            }
        });
        for (Seq seq = 1; seq <= 2000; ++seq)
            hub.receive(message(seq, {update("BTC")}));
        done = true;
        reader.join();
        QCOMPARE(hub.latestPrices().front()->seq, 2000);
    }
};

QTEST_APPLESS_MAIN(TestHub)
#include "tst_hub.moc"
