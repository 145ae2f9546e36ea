#include "core/feed/acksubject.h"

#include <QTest>

using namespace odin;

class TestAckSubject : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsBothForms_data()
    {
        QTest::addColumn<QByteArray>("subject");
        QTest::newRow("short") << QByteArray("$JS.ACK.ODIN.c1.1.42.7.1700000000123456789.3");
        QTest::newRow("long") << QByteArray("$JS.ACK._.HASH.ODIN.c1.1.42.7.1700000000123456789.3");
        QTest::newRow("long with token") << QByteArray("$JS.ACK.hub.HASH.ODIN.c1.1.42.7.1700000000123456789.3.xYz");
    }

    void readsBothForms()
    {
        QFETCH(QByteArray, subject);
        const auto delivery = parseAckSubject(subject.constData());
        QVERIFY(delivery);
        QCOMPARE(delivery->streamSeq, 42);
        QCOMPARE(delivery->consumerSeq, 7);
        QCOMPARE(delivery->storedNs, 1700000000123456789);
        QCOMPARE(delivery->pending, 3u);
    }

    void refusesOthers_data()
    {
        QTest::addColumn<QByteArray>("subject");
        for (const char *bad :
             {"", "_INBOX.a.b", "$JS.ACK.", "$JS.ACK.ODIN.c1.1.42.7.1700000000123456789",
              "$JS.ACK.h.ODIN.c1.1.42.7.1.3", "$JS.ACK.ODIN.c1.1.x.7.1.3", "$JS.ACK.ODIN.c1.1.4x.7.1.3",
              "$JS.ACK.ODIN.c1.1..7.1.3", "$JS.ACK.ODIN.c1.1.99999999999999999999.7.1.3"})
            QTest::newRow(bad) << QByteArray(bad);
    }

    void refusesOthers()
    {
        QFETCH(QByteArray, subject);
        QVERIFY(!parseAckSubject(subject.constData()));
    }
};

QTEST_GUILESS_MAIN(TestAckSubject)
#include "tst_acksubject.moc"
