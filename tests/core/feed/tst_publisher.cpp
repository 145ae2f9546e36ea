#include "core/feed/publisher.h"

#include "core/feed/connection.h"
#include "core/feed/stream.h"
#include "core/model/limits.h"
#include "tests/support/payloads.h"
#include "tests/support/testbroker.h"

#include <QElapsedTimer>
#include <QTest>

using namespace odin;

namespace {

constexpr auto generousMs =
    3 * limits::busPublishMsMax.count(); // a bound for "does not block for ever" on a busy machine

bool createStream(const TestBroker &broker)
{
    Connection connection({broker.url()}, "test", limits::busConnectMsMax);
    return std::holds_alternative<StreamFacts>(openStream(connection.jetStream(), FeedConfig()));
}

Result<Seq> publishPrice(Publisher &publisher, const QByteArray &id)
{
    return publisher.publish(priceSubject("BTC"), priceJson("BTC", 1, id), id);
}

} // namespace

class TestPublisher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesTheSequenceAndStoresAnIdOnce()
    {
        TestBroker broker;
        QVERIFY(broker.start() && createStream(broker));
        Publisher publisher({broker.url()});
        QCOMPARE(publishPrice(publisher, "a").value(), 1);
        QCOMPARE(publishPrice(publisher, "b").value(), 2);
        QCOMPARE(publishPrice(publisher, "a").value(), 1);
        QCOMPARE(publishPrice(publisher, "c").value(), 3);
    }

    void comesBackAfterAnOutage()
    {
        TestBroker broker;
        QVERIFY(broker.start() && createStream(broker));
        Publisher publisher({broker.url()});
        QVERIFY(publishPrice(publisher, "a").ok());
        broker.kill();
        QElapsedTimer timer;
        timer.start();
        const auto failed = publishPrice(publisher, "b");
        QVERIFY(timer.elapsed() < generousMs);
        QVERIFY(!failed.ok() && !failed.error().text.isEmpty());
        QVERIFY(broker.start());
        QTRY_VERIFY_WITH_TIMEOUT(publishPrice(publisher, "b").ok(), 10'000);
    }

    void doesNotWaitForEverOnAFrozenBus()
    {
        TestBroker broker;
        QVERIFY(broker.start() && createStream(broker));
        QElapsedTimer timer;
        {
            Publisher publisher({broker.url()});
            QVERIFY(publishPrice(publisher, "a").ok());
            broker.freeze();
            timer.start();
            const auto failed = publishPrice(publisher, "b");
            QVERIFY(!failed.ok());
            QVERIFY2(failed.error().text.contains(QLatin1String("same id")), qPrintable(failed.error().text));
            QVERIFY(timer.elapsed() < generousMs);
            timer.start();
        }
        QVERIFY(timer.elapsed() < generousMs); // destruction
    }

    void saysWhatIsWrong()
    {
        const auto unreachable =
            Publisher({QStringLiteral("nats://127.0.0.1:%1").arg(freePort())}).publish("odin.x", "{}", "a");
        QVERIFY(unreachable.error().text.contains(QLatin1String("No bus answers")));
        TestBroker broker;
        QVERIFY(broker.start());
        QVERIFY(Publisher({broker.wrongUrl()})
                    .publish("odin.x", "{}", "a")
                    .error()
                    .text.contains(QLatin1String("credentials")));
        QVERIFY(
            Publisher({broker.url()}).publish("odin.x", "{}", "a").error().text.contains(QLatin1String("No stream")));
        QVERIFY(!Publisher({}).publish("odin.x", "{}", "a").ok());
    }

    void worksWithoutJetStream()
    {
        TestBroker broker(TestBroker::Kind::Plain);
        QVERIFY(broker.start());
        Publisher publisher({broker.url()});
        QCOMPARE(publishPrice(publisher, "a").value(), 0);
        QCOMPARE(publishPrice(publisher, "b").value(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPublisher)
#include "tst_publisher.moc"
