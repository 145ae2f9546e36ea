// Passwords of URLs: hidden in what is shown, and overwritten in the arguments.
#include "app/secrets.h"

#include <QTest>

using namespace odin;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesInSettings_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *setting, const char *value, const char *shown) {
            QTest::addRow("%s %s", setting, value)
                << QString::fromLatin1(setting) << QString::fromLatin1(value) << QString::fromLatin1(shown);
        };
        row("nats", "managed", "managed");
        row("nats", "nats://a:4222", "nats://a:4222");
        row("nats", "nats://user:pw@a:4222", "nats://user:***@a:4222");
        row("nats", "nats://token@a", "nats://***@a");
        row("nats", "nats://u:p@a,tls://t@b,nats://c", "nats://u:***@a,tls://***@b,nats://c");
        row("nats", "nats://u:p@w@a", "nats://u:***@a");
        row("nats", "nats://u:p:w@a", "nats://u:***@a");
        row("nats", "u:pw@a", "u:***@a");
        row("nats", "nats://u:p w@[::1]:4222", "nats://u:***@[::1]:4222");
        row("nats", "", "");
        row("auth-keys", "https://u:pw@a/keys", "https://u:***@a/keys");
        row("auth-issuer", "somebody@a", "somebody@a");
        row("listen", "127.0.0.1:8080", "127.0.0.1:8080");
    }

    void hidesInSettings()
    {
        QFETCH(const QString, setting);
        QFETCH(const QString, value);
        QTEST(withoutSecrets(setting, value), "shown");
    }

    void overwritesArguments_data()
    {
        QTest::addColumn<QByteArray>("argument");
        QTest::addColumn<QByteArray>("left");
        const auto row = [](const char *argument, const char *left) {
            QTest::newRow(argument) << QByteArray(argument) << QByteArray(left);
        };
        row("--no-gui", "--no-gui");
        row("nats://u:pw@a:4222", "nats://****@a:4222");
        row("--nats=nats://u:pw@a,tls://tok@b", "--nats=nats://****@a,tls://***@b");
        row("nats://u:p@w@a", "nats://*****@a");
        row("nats://a", "nats://a");
        row("nats://@a", "nats://@a");
        row("a@b", "a@b");
        row("", "");
        row("://", "://");
        row(",", ",");
    }

    void overwritesArguments()
    {
        QFETCH(QByteArray, argument);
        QByteArray program("u://x:y@z");
        char *arguments[] = {program.data(), argument.data(), nullptr};
        hideSecrets(2, arguments);
        QTEST(argument, "left");
        QCOMPARE(program, QByteArray("u://x:y@z"));
    }
};

QTEST_APPLESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
