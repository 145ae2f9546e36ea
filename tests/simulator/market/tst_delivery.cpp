// Retries of one message: the same bytes and id, in bounds of time, ended by a stop, told once.
#include "fakepublisher.h"
#include "simulator/market/delivery.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace odin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const BusMessage message{"odin.tokens.BTC.price", "{}", "id-1"};

} // namespace

class TestDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesTheSameMessage()
    {
        FakePublisher publisher;
        publisher.failures = 2;
        Delivery delivery(publisher);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not take.*the bus is away"_s)); // once, not twice
        QTest::failOnWarning(QRegularExpression(u"does not take"_s));
        delivery.deliver(message, {});
        QCOMPARE(delivery.acknowledged(), quint64(1));
        QCOMPARE(delivery.givenUp(), quint64(0));
        QCOMPARE(publisher.count(), size_t(3));
        for (const auto &attempt : publisher.tries()) {
            QCOMPARE(attempt.id, message.id);
            QCOMPARE(attempt.payload, message.payload);
            QCOMPARE(attempt.subject, message.subject);
        }
    }

    void givesUpOutOfPatience()
    {
        FakePublisher publisher;
        publisher.failures = 1000;
        Delivery delivery(publisher, 400ms);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not take"_s));
        QTest::failOnWarning(QRegularExpression(u"does not take"_s)); // the second message belongs to the same outage
        delivery.deliver(message, {});
        delivery.deliver({message.subject, message.payload, "id-2"}, {});
        QCOMPARE(delivery.givenUp(), quint64(2));
        QCOMPARE(delivery.acknowledged(), quint64(0));
        QVERIFY(publisher.count() >= 2);

        publisher.failures = 0;
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(u"again; 2 messages were given up"_s));
        delivery.deliver({message.subject, message.payload, "id-3"}, {});
        QCOMPARE(delivery.acknowledged(), quint64(1));
    }

    void stopEndsTheBackOff()
    {
        FakePublisher publisher;
        publisher.failures = 1'000'000;
        Delivery delivery(publisher, 1h);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not take"_s));
        std::jthread thread([&](const std::stop_token &stop) { delivery.deliver(message, stop); });
        QTRY_VERIFY_WITH_TIMEOUT(publisher.count() >= 2, 20'000);
        thread = {}; // would take an hour
        QCOMPARE(delivery.acknowledged() + delivery.givenUp(), quint64(0));
    }

    void stoppedPublishesNothing()
    {
        FakePublisher publisher;
        Delivery delivery(publisher);
        std::stop_source stop;
        stop.request_stop();
        delivery.deliver(message, stop.get_token());
        QCOMPARE(publisher.count(), size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
