#include "core/feed/brokerconfig.h"

#include <QTest>

using namespace odin;

class TestBrokerConfig : public QObject
{
    Q_OBJECT

    static BrokerFile file()
    {
        return {QStringLiteral("name"),
                4222,
                QStringLiteral("/state/a \"b\"\\c"),
                QStringLiteral("odin"),
                QStringLiteral("pw"),
                QStringLiteral("syspw"),
                true};
    }

private Q_SLOTS:
    void listensOnLoopbackOnlyAndOpensNoSideDoor()
    {
        const QByteArray text = brokerConfigText(file());
        QVERIFY(text.contains("listen: \"127.0.0.1:4222\""));
        for (const char *door :
             {"http", "websocket", "leafnodes", "gateway", "cluster", "mqtt", "authorization", "no_auth_user"})
            QVERIFY2(!text.contains(door), door);
    }

    void quotesThePath() { QVERIFY(brokerConfigText(file()).contains("store_dir: \"/state/a \\\"b\\\"\\\\c\"")); }

    void leavesJetStreamOut()
    {
        BrokerFile plain = file();
        plain.jetStream = false;
        QVERIFY(!brokerConfigText(plain).contains("jetstream"));
    }

    void readsLogLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("text");
        QTest::newRow("info") << QByteArray("[12] 2026/11/22 22:49:24.123456 [INF] Server is ready\n") << int(QtInfoMsg)
                              << QStringLiteral("Server is ready");
        QTest::newRow("warning") << QByteArray("[12] 2026/11/22 22:49:24.123456 [WRN] Low disk") << int(QtWarningMsg)
                                 << QStringLiteral("Low disk");
        QTest::newRow("fatal") << QByteArray("[12] 2026/11/22 22:49:24.1 [FTL] Can't start") << int(QtCriticalMsg)
                               << QStringLiteral("Can't start");
        QTest::newRow("banner") << QByteArray("[12] 2026/11/22 22:49:24.1 [INF]  \\__/|_") << int(QtDebugMsg)
                                << QStringLiteral(" \\__/|_");
        QTest::newRow("empty") << QByteArray("[12] 2026/11/22 22:49:24.1 [INF] \n") << int(QtDebugMsg) << QString();
        QTest::newRow("raw") << QByteArray("nats-server: bad file\n") << int(QtWarningMsg)
                             << QStringLiteral("nats-server: bad file");
    }

    void readsLogLines()
    {
        QFETCH(QByteArray, line);
        const BrokerLine read = parseBrokerLine(line);
        QFETCH(int, level);
        QCOMPARE(int(read.level), level);
        QTEST(read.text, "text");
    }

    void knowsTheTwoImportantLines()
    {
        QVERIFY(saysReady(parseBrokerLine("[1] 2026/11/22 22:49:24.1 [INF] Server is ready")));
        QVERIFY(!saysReady(parseBrokerLine("[1] 2026/11/22 22:49:24.1 [INF] Server is reading")));
        QVERIFY(
            saysPortTaken(parseBrokerLine("[1] 2026/11/22 22:49:24.1 [FTL] Error listening on port: 127.0.0.1:4222, "
                                          "\"listen tcp 127.0.0.1:4222: bind: address already in use\"")));
    }
};

QTEST_GUILESS_MAIN(TestBrokerConfig)
#include "tst_brokerconfig.moc"
