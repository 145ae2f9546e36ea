// Reading back from a real stream: ranges for clients that resume, histories of tokens.
#include "core/feed/pastreader.h"

#include "core/feed/publisher.h"
#include "core/model/limits.h"
#include "tests/support/payloads.h"
#include "tests/support/testbroker.h"

#include <QTest>

#include <future>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr int deadlineMs = 20'000;

template<class T>
T waitFor(std::future<T> &answer)
{
    const bool came = QTest::qWaitFor([&] { return answer.wait_for(0s) == std::future_status::ready; }, deadlineMs);
    return came ? answer.get() : T();
}

std::vector<Seq> seqs(const PastRange &range)
{
    std::vector<Seq> numbers;
    range.frames.visitAfter(0, [&](const FramePtr &frame) {
        numbers.push_back(frame->seq);
        return true;
    });
    return numbers;
}

std::vector<Seq> seqs(const TokenHistory &history)
{
    std::vector<Seq> numbers;
    for (const auto &frame : history.frames)
        numbers.push_back(frame->seq);
    return numbers;
}

} // namespace

class TestPastReader : public QObject
{
    Q_OBJECT

    using RangeFuture = std::future<PastRangePtr>;

    RangeFuture askRange(Seq after, Seq upTo, const QByteArray &epoch)
    {
        auto promise = std::make_shared<std::promise<PastRangePtr>>();
        m_reader->readRange(epoch, after, upTo, [promise](const PastRangePtr &range) { promise->set_value(range); });
        return promise->get_future();
    }
    PastRangePtr range(Seq after, Seq upTo)
    {
        auto answer = askRange(after, upTo, m_epoch);
        return waitFor(answer);
    }
    TokenHistoryPtr history(const QByteArray &token)
    {
        auto promise = std::make_shared<std::promise<TokenHistoryPtr>>();
        m_reader->readHistory(m_epoch, token, [promise](const TokenHistoryPtr &found) { promise->set_value(found); });
        auto answer = promise->get_future();
        return waitFor(answer);
    }
    void publish(const QByteArray &subject, const QByteArray &payload)
    {
        QVERIFY(m_publisher->publish(subject, payload, QByteArray::number(++m_lastId)).ok());
    }

    std::unique_ptr<TestBroker> m_broker;
    std::unique_ptr<Publisher> m_publisher;
    std::unique_ptr<PastReader> m_reader;
    QByteArray m_epoch;
    int m_lastId = 0;

private Q_SLOTS:
    // 1 to 30: prices of A, B and C in turn.
    void init()
    {
        m_broker = std::make_unique<TestBroker>();
        QVERIFY(m_broker->start());
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        const auto stream = openStream(connection.jetStream(), {});
        QVERIFY(std::holds_alternative<StreamFacts>(stream));
        m_epoch = std::get<StreamFacts>(stream).epoch;
        m_publisher = std::make_unique<Publisher>(QStringList{m_broker->url()});
        for (int i = 0; i < 30; ++i)
            publish(priceSubject(QByteArray(1, char('A' + i % 3))), priceJson(QByteArray(1, char('A' + i % 3)), i));
        m_reader = std::make_unique<PastReader>();
        m_reader->start({m_broker->url()});
    }
    void cleanup()
    {
        m_reader.reset();
        m_publisher.reset();
        m_broker.reset();
    }

    void aRangeIsCompleteAndChained()
    {
        const auto found = range(10, 20);
        QVERIFY(found && found->upTo >= 20 && found->frames.isCompleteAfter(10));
        QCOMPARE(found->epoch, m_epoch);
        const auto numbers = seqs(*found);
        QCOMPARE(numbers.back(), found->upTo);
        for (std::size_t i = 1; i < numbers.size(); ++i)
            QCOMPARE(numbers[i], numbers[i - 1] + 1);
        found->frames.visitAfter(numbers.front() + 2, [&](const FramePtr &frame) {
            [&] { QCOMPARE(frame->prev, frame->seq - 3); }();
            return true;
        });
    }

    void whoAsksTogetherSharesARead()
    {
        std::vector<RangeFuture> answers;
        for (Seq after = 5; after < 25; ++after)
            answers.push_back(askRange(after, 28, m_epoch));
        for (Seq after = 5; after < 25; ++after) {
            const auto found = waitFor(answers[std::size_t(after - 5)]);
            QVERIFY(found && (found->frames.isCompleteAfter(after) || found->asked > after));
        }
        QVERIFY2(m_reader->counters().rangesRead.load() <= 2, "one for the first, one for all who came while it ran");
    }

    void whatWasReadIsKept()
    {
        QVERIFY(range(10, 20));
        const auto again = range(12, 20);
        QVERIFY(again && again->frames.isCompleteAfter(12));
        QCOMPARE(m_reader->counters().rangesRead.load(), 1u);
    }

    void aTrimmedStreamSaysFromWhereOn()
    {
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        jsOptions options;
        jsOptions_Init(&options);
        options.Stream.Purge.Sequence = 15; // up to there, not including
        QCOMPARE(js_PurgeStream(connection.jetStream(), "ODIN", &options, nullptr), NATS_OK);
        const auto found = range(5, 28);
        QVERIFY(found && !found->frames.isCompleteAfter(5) && found->frames.isCompleteAfter(14));
        QCOMPARE(seqs(*found).front(), 15);
    }

    void anotherEpochHasNoRange()
    {
        auto answer = askRange(5, 28, "another");
        QVERIFY(!waitFor(answer));
    }

    void aBusThatIsGoneHasNone()
    {
        m_broker->kill();
        QVERIFY(!range(5, 28));
        QVERIFY(!history("A"));
        QCOMPARE(m_reader->counters().failures.load(), 2u);
    }

    void stoppingDoesNotWaitForAFrozenBus()
    {
        m_broker->freeze();
        askRange(5, 28, m_epoch);
        QTest::qWait(50);
        QElapsedTimer timer;
        timer.start();
        m_reader->stop();
        QVERIFY(timer.elapsed() < 15'000);
    }

    void aHistoryJoinsTradesAndBatches()
    {
        publish(batchSubject, batchJson("A", "X")); // 31
        publish(priceSubject("A"), priceJson("A", 7)); // 32
        publish(volumeSubject("A"), volumeJson("A"));
        const auto found = history("A");
        QVERIFY(found);
        QCOMPARE(seqs(*found), (std::vector<Seq>{1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 32}));
        QCOMPARE(found->upTo, 33);
        QCOMPARE(found->frames.back()->prev, 31);
        QCOMPARE(seqs(*history("X")), std::vector<Seq>{31});
        QVERIFY(history("NEVER")->frames.empty());
    }

    void aHistoryIsReadOnceForAWhile()
    {
        QVERIFY(history("A"));
        const auto messages = m_reader->counters().messages.load();
        QCOMPARE(history("A")->frames.size(), 10u);
        QCOMPARE(m_reader->counters().messages.load(), messages);
        QCOMPARE(m_reader->counters().historiesRead.load(), 1u);
    }

    void aLongHistoryEndsWithTheNewest()
    {
        for (int i = 0; i < limits::historyUpdatesMax + 50; ++i)
            publish(priceSubject("LONG"), priceJson("LONG", i));
        const auto found = history("LONG");
        QVERIFY(found);
        QCOMPARE(found->frames.size(), std::size_t(limits::historyUpdatesMax));
        QCOMPARE(found->frames.back()->seq, 30 + limits::historyUpdatesMax + 50);
        QCOMPARE(found->frames.front()->seq, 30 + 51);
    }
};

QTEST_GUILESS_MAIN(TestPastReader)
#include "tst_pastreader.moc"
