#include "core/feed/failure.h"

#include <QTest>

using namespace odin;

class TestFailure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hidesCredentials_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *url, const char *shown) {
            QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(shown);
        };
        row("nats://a:4222", "nats://a:4222");
        row("nats://user:pw@a:4222", "nats://a:4222");
        row("tls://token@a", "tls://a");
        row("user:p@w@a:4222", "nats://a:4222");
        row("a:4222", "nats://a:4222");
        row("", "nats://");
    }

    void hidesCredentials()
    {
        QFETCH(QString, url);
        QTEST(publicUrl(url), "shown");
    }

    void tellsPatienceFromAction()
    {
        const QString where = QStringLiteral("nats://a:4222");
        QCOMPARE(connectFailure(NATS_NO_SERVER, where).trouble, Trouble::Unreachable);
        QCOMPARE(connectFailure(NATS_TIMEOUT, where).trouble, Trouble::Unreachable);
        QCOMPARE(connectFailure(NATS_CONNECTION_AUTH_FAILED, where).trouble, Trouble::Refused);
        QCOMPARE(connectFailure(NATS_SECURE_CONNECTION_REQUIRED, where).trouble, Trouble::Refused);
        QVERIFY(connectFailure(NATS_NO_SERVER, where).text.contains(where));
    }
};

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
