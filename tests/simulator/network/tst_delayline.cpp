// What may leave when, on a clock of the test's own: late as asked, complete, in order, within bounds.
#include "core/model/limits.h"
#include "simulator/network/delayline.h"

#include <QTest>

#include <random>

using namespace odin;
using namespace std::chrono_literals;

namespace {

QByteArray noise(qsizetype size, quint32 seed)
{
    std::minstd_rand random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (auto &byte : bytes)
        byte = char(random() >> 8);
    return bytes;
}

// Everything that may leave now.
QByteArray taken(DelayLine &line, SteadyTime now)
{
    QByteArray all;
    for (auto bytes = line.ready(now); !bytes.isEmpty(); bytes = line.ready(now)) {
        all += bytes;
        line.sent(std::size_t(bytes.size()));
    }
    return all;
}

} // namespace

class TestDelayLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesAtOnceWithoutFaults()
    {
        DelayLine line(1);
        QVERIFY(!line.next());
        line.put("abc", m_start);
        QCOMPARE(*line.next(), m_start);
        QCOMPARE(taken(line, m_start), QByteArray("abc"));
        QVERIFY(!line.next());
    }

    void delaysAsAsked()
    {
        DelayLine line(1);
        line.setShape({100ms, 0ms, 0, false}, m_start);
        line.put("a", m_start);
        line.put("b", m_start + 50ms);
        QCOMPARE(*line.next(), m_start + 100ms);
        QCOMPARE(taken(line, m_start + 99ms), QByteArray());
        QCOMPARE(taken(line, m_start + 100ms), QByteArray("a"));
        QCOMPARE(*line.next(), m_start + 150ms);
        QCOMPARE(taken(line, m_start + 1s), QByteArray("b"));
    }

    void jitterStaysInItsBoundsAndInOrder()
    {
        DelayLine line(7);
        line.setShape({20ms, 80ms, 0, false}, m_start);
        auto last = m_start;
        QSet<qint64> delays;
        for (int n = 0; n < 500; ++n) {
            const auto put = m_start + n * 1s;
            line.put("x", put);
            const auto due = *line.next();
            QVERIFY(due >= put + 20ms && due <= put + 100ms && due >= last);
            delays.insert((due - put) / 10ms);
            last = due;
            QCOMPARE(taken(line, due).size(), 1);
        }
        QVERIFY(delays.size() >= 7); // spread over the whole of it
    }

    void aLowerDelayFreesWhatIsOnItsWay()
    {
        DelayLine line(1);
        line.setShape({60s, 0ms, 0, false}, m_start);
        line.put("late", m_start);
        line.end(m_start);
        line.setShape({10ms, 0ms, 0, false}, m_start + 1s);
        line.setShape({60s, 0ms, 0, false}, m_start + 1s); // what is nearly there is not held up again
        QCOMPARE(taken(line, m_start + 1010ms), QByteArray("late"));
        QVERIFY(line.isOver(m_start + 1010ms));
    }

    void theEndComesLast()
    {
        DelayLine line(1);
        line.setShape({100ms, 0ms, 0, false}, m_start);
        line.put("a", m_start);
        line.end(m_start + 10ms);
        QCOMPARE(line.room(), std::size_t(0));
        QCOMPARE(taken(line, m_start + 105ms), QByteArray("a"));
        QVERIFY(!line.isOver(m_start + 109ms));
        QCOMPARE(*line.next(), m_start + 110ms);
        QVERIFY(line.isOver(m_start + 110ms));
    }

    void stallHoldsEverything()
    {
        DelayLine line(1);
        line.put("before", m_start);
        line.end(m_start);
        line.setShape({0ms, 0ms, 0, true}, m_start);
        QVERIFY(!line.next());
        QCOMPARE(line.room(), std::size_t(0));
        QCOMPARE(taken(line, m_start + 1h), QByteArray());
        QVERIFY(!line.isOver(m_start + 1h));
        line.setShape({}, m_start + 1h);
        QCOMPARE(taken(line, m_start + 1h), QByteArray("before"));
        QVERIFY(line.isOver(m_start + 1h));
    }

    void holdsNoMoreThanItsBound_data()
    {
        QTest::addColumn<int>("delayMs");
        QTest::addColumn<qulonglong>("most");
        QTest::newRow("with delay") << 3'600'000 << qulonglong(limits::proxyHeldBytesMax);
        QTest::newRow("without") << 0 << qulonglong(limits::proxyQueueBytesMax);
    }
    void holdsNoMoreThanItsBound()
    {
        QFETCH(int, delayMs);
        QFETCH(qulonglong, most);
        DelayLine line(1);
        line.setShape({std::chrono::milliseconds(delayMs), 0ms, 0, false}, m_start);
        const QByteArray block(10'000, 'x');
        while (const auto room = line.room())
            line.put(QByteArrayView(block).first(std::min<qsizetype>(qsizetype(room), block.size())), m_start);
        QCOMPARE(line.heldBytes(), std::size_t(most));
        const auto later = m_start + 1h;
        const auto leave = [&](std::size_t bytes) {
            line.sent(std::min<std::size_t>(std::size_t(line.ready(later).size()), bytes));
        };
        leave(1);
        QCOMPARE(line.room(), std::size_t(0)); // not before half of it has gone
        while (line.heldBytes() > most / 2)
            leave(1'000);
        QCOMPARE(line.room(), std::size_t(most) - line.heldBytes());
    }

    void withoutDelayNoMoreIsReadThanBefore()
    {
        DelayLine line(1);
        line.setShape({1h, 0ms, 0, false}, m_start);
        line.put(QByteArray(500'000, 'x'), m_start);
        line.setShape({}, m_start);
        QCOMPARE(line.room(), std::size_t(0));
        QCOMPARE(taken(line, m_start).size(), 500'000);
        QCOMPARE(line.room(), limits::proxyQueueBytesMax);
    }

    void bandwidthIsBounded()
    {
        constexpr qint64 rate = 50'000;
        DelayLine line(1);
        line.setShape({0ms, 0ms, rate, false}, m_start);
        line.put(QByteArray(200'000, 'x'), m_start);
        const qint64 burst = rate * limits::proxyBurstMs / 1s;
        qint64 passed = 0;
        auto now = m_start;
        while (const auto next = line.next()) {
            now = std::max(now, *next);
            passed += taken(line, now).size();
            QVERIFY(passed <= rate * ((now - m_start) / 1us) / 1'000'000 + burst + 1);
        }
        QCOMPARE(passed, 200'000);
        QVERIFY(now - m_start < 4100ms); // and it is not less than asked
    }

    // 1 MiB through every mixture of faults, which changes all the time: the same bytes come out, none before its time.
    void everythingArrivesUnchanged_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void everythingArrivesUnchanged()
    {
        QFETCH(quint32, seed);
        std::minstd_rand random(seed);
        const auto upTo = [&random](quint32 most) { return qint64(random() % (most + 1)); };
        const auto bytes = noise(1024 * 1024, seed);
        DelayLine line(seed);
        auto now = m_start;
        qsizetype in = 0;
        QByteArray out;
        for (int round = 0; out.size() < bytes.size(); ++round) {
            QVERIFY(round < 1'000'000);
            if (upTo(50) == 0) {
                const auto delay = std::chrono::milliseconds(upTo(1) * upTo(200)),
                           jitter = std::chrono::milliseconds(upTo(1) * upTo(100));
                line.setShape({delay, jitter, upTo(1) * (1 + upTo(2'000'000)), upTo(3) == 0}, now);
            }
            const auto size = std::min<qsizetype>({bytes.size() - in, qsizetype(line.room()), upTo(1) * upTo(20'000)});
            line.put(QByteArrayView(bytes).sliced(in, size), now);
            in += size;
            for (int part = 0; part < 3; ++part) { // the destination takes as much as it likes
                const auto ready = line.ready(now);
                const auto went = ready.first(std::min<qsizetype>(ready.size(), upTo(30'000)));
                out += went;
                if (!went.isEmpty())
                    line.sent(std::size_t(went.size()));
            }
            QVERIFY(line.heldBytes() <= limits::proxyHeldBytesMax);
            QCOMPARE(qsizetype(line.heldBytes()), in - out.size());
            now += std::chrono::microseconds(upTo(3'000));
        }
        QVERIFY(out == bytes);
    }

private:
    const SteadyTime m_start = SteadyTime{} + 1h;
};

QTEST_APPLESS_MAIN(TestDelayLine)
#include "tst_delayline.moc"
