// Mailbox: its bound, one wake-up per batch, nothing lost and each producer's order kept.
#include "core/base/mailbox.h"

#include <QTest>

#include <array>
#include <memory>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>

using odin::Mailbox;
using odin::Offer;

class TestMailbox : public QObject
{
    Q_OBJECT

    template<class T>
    static bool isReadable(const Mailbox<T> &mailbox, int timeoutMs = 0)
    {
        pollfd entry{mailbox.fd(), POLLIN, 0};
        return ::poll(&entry, 1, timeoutMs) == 1;
    }

private Q_SLOTS:
    void takesUpToItsBound()
    {
        Mailbox<int> mailbox(2);
        QVERIFY(mailbox.offer(1) == Offer::Queued);
        QVERIFY(mailbox.offer(2) == Offer::Queued);
        QVERIFY(mailbox.offer(3) == Offer::Overflow);
        QCOMPARE(mailbox.size(), std::size_t(2));

        std::vector<int> items;
        mailbox.drain(items);
        QCOMPARE(items, (std::vector<int>{1, 2}));
        QVERIFY(mailbox.offer(4) == Offer::Queued);
    }

    void takesABatchAsAWholeOrNotAtAll()
    {
        Mailbox<int> mailbox(3);
        const std::array two{1, 2};
        QVERIFY(mailbox.offer(std::span<const int>(two)) == Offer::Queued);
        QVERIFY(mailbox.offer(std::span<const int>(two)) == Offer::Overflow);
        QCOMPARE(mailbox.size(), std::size_t(2));
    }

    void isReadableWhileSomethingWaits()
    {
        Mailbox<int> mailbox(10);
        std::vector<int> items;
        QVERIFY(!isReadable(mailbox));
        QVERIFY(mailbox.offer(1) == Offer::Queued);
        QVERIFY(mailbox.offer(2) == Offer::Queued);
        QVERIFY(isReadable(mailbox));
        mailbox.drain(items);
        QVERIFY(!isReadable(mailbox));
        QVERIFY(mailbox.offer(3) == Offer::Queued);
        QVERIFY(isReadable(mailbox));
    }

    void wakesOncePerBatch()
    {
        Mailbox<int> mailbox(10);
        QVERIFY(mailbox.offer(1) == Offer::Queued);
        eventfd_t wakes = 0;
        QCOMPARE(::eventfd_read(mailbox.fd(), &wakes), 0);
        QVERIFY(mailbox.offer(2) == Offer::Queued);
        QVERIFY(mailbox.offer(3) == Offer::Queued);
        QVERIFY(!isReadable(mailbox)); // the consumer is on its way already
    }

    void clearsWhatItIsGiven()
    {
        Mailbox<int> mailbox(10);
        std::vector<int> items{7, 8, 9};
        mailbox.drain(items);
        QVERIFY(items.empty());
    }

    void takesThingsThatOnlyMove()
    {
        Mailbox<std::unique_ptr<int>> mailbox(1);
        QVERIFY(mailbox.offer(std::make_unique<int>(5)) == Offer::Queued);
        std::vector<std::unique_ptr<int>> items;
        mailbox.drain(items);
        QCOMPARE(*items.at(0), 5);
    }

    void losesNothingFromManyProducers()
    {
        constexpr int producers = 4;
        constexpr int itemsEach = 20'000;
        Mailbox<std::pair<int, int>> mailbox(1000);

        std::vector<std::thread> threads;
        for (int producer = 0; producer < producers; ++producer) {
            threads.emplace_back([&mailbox, producer] {
                for (int i = 0; i < itemsEach; ++i)
                    while (mailbox.offer({producer, i}) == Offer::Overflow)
                        std::this_thread::yield();
            });
        }

        std::array<int, producers> next{};
        bool inOrder = true;
        std::vector<std::pair<int, int>> items;
        for (int received = 0; received < producers * itemsEach; received += static_cast<int>(items.size())) {
            if (!isReadable(mailbox, 30'000))
                qFatal("The consumer was not woken after %d items", received); // producers cannot be joined
            mailbox.drain(items);
            for (const auto &[producer, i] : items)
                inOrder &= i == next[static_cast<std::size_t>(producer)]++;
        }
        for (auto &thread : threads)
            thread.join();
        QVERIFY(inOrder);
        QCOMPARE(mailbox.size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
