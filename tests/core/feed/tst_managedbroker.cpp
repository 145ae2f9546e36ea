#include "core/feed/connection.h"
#include "core/feed/managedbroker.h"
#include "core/feed/publisher.h"
#include "core/feed/stream.h"
#include "core/model/limits.h"
#include "tests/support/payloads.h"
#include "tests/support/testbroker.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstdio>

using namespace odin;

namespace {

constexpr int readyMsMax = 15'000;

bool isGone(qint64 pid) { return ::kill(pid_t(pid), 0) != 0 && errno == ESRCH; }

bool startAndWait(ManagedBroker &broker)
{
    QSignalSpy ready(&broker, &ManagedBroker::ready);
    return broker.start().ok() && ready.wait(readyMsMax);
}

natsStatus tryConnect(const QString &url) { return Connection({url}, "test", limits::busConnectMsMax).status(); }

} // namespace

class TestManagedBroker : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    BrokerConfig config() const { return {m_folder->path(), {}, freePort()}; }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void startsAndWantsItsCredentials()
    {
        ManagedBroker broker(config());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(startAndWait(broker));
        qInfo() << "start to ready:" << timer.elapsed() << "ms";
        QCOMPARE(tryConnect(broker.url()), NATS_OK);
        QCOMPARE(tryConnect(broker.publicUrl()), NATS_CONNECTION_AUTH_FAILED);
        QVERIFY(!broker.publicUrl().contains(QLatin1Char('@')));
        const QFileInfo file(m_folder->filePath(QStringLiteral("nats/nats.conf")));
        QVERIFY(file.exists());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
    }

    void stopsItsChild()
    {
        auto broker = std::make_unique<ManagedBroker>(config());
        QVERIFY(startAndWait(*broker));
        const qint64 pid = broker->processId();
        QVERIFY(!isGone(pid));
        broker.reset();
        QVERIFY(isGone(pid));
    }

    void stopsAFrozenChild()
    {
        auto broker = std::make_unique<ManagedBroker>(config());
        QVERIFY(startAndWait(*broker));
        const qint64 pid = broker->processId();
        ::kill(pid_t(pid), SIGSTOP);
        broker.reset();
        QVERIFY(isGone(pid));
    }

    void restartsWithItsStoreAndAddress()
    {
        ManagedBroker broker(config());
        QVERIFY(startAndWait(broker));
        const QString url = broker.url();
        {
            Connection connection({url}, "test", limits::busConnectMsMax);
            QVERIFY(std::holds_alternative<StreamFacts>(openStream(connection.jetStream(), FeedConfig())));
        }
        QVERIFY(Publisher({url}).publish(priceSubject("BTC"), priceJson("BTC", 1), "a").ok());

        QSignalSpy down(&broker, &ManagedBroker::down);
        QSignalSpy ready(&broker, &ManagedBroker::ready);
        const qint64 pid = broker.processId();
        ::kill(pid_t(pid), SIGKILL);
        QVERIFY(ready.wait(readyMsMax));
        QCOMPARE(down.size(), 1);
        QVERIFY(broker.processId() != pid);
        QCOMPARE(broker.url(), url);
        Connection connection({url}, "test", limits::busConnectMsMax);
        const auto found = openStream(connection.jetStream(), FeedConfig());
        QVERIFY(std::holds_alternative<StreamFacts>(found));
        QCOMPARE(std::get<StreamFacts>(found).lastSeq, 1);
    }

    void twoProgramsDoNotShareAStore()
    {
        const BrokerConfig same = config();
        ManagedBroker first(same);
        ManagedBroker second(same);
        QVERIFY(startAndWait(first));
        QVERIFY(startAndWait(second));
        QVERIFY(first.publicUrl() != second.publicUrl());
        QVERIFY(QDir(m_folder->filePath(QStringLiteral("nats-2/store"))).exists());
    }

    void goesPastATakenPort()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        BrokerConfig wanted = config();
        wanted.firstPort = taken.serverPort();
        ManagedBroker broker(wanted);
        QVERIFY(startAndWait(broker));
        QVERIFY(!broker.publicUrl().endsWith(QLatin1Char(':') + QString::number(taken.serverPort())));
    }

    void namesTheMissingPackage()
    {
        BrokerConfig missing = config();
        missing.serverProgram = QStringLiteral("no-such-nats-server");
        ManagedBroker broker(missing);
        const auto result = broker.start();
        QVERIFY(!result.ok());
        QVERIFY(result.error().text.contains(QLatin1String("install the package nats-server")));
    }

    void refusesAnUnusableFolder()
    {
        BrokerConfig bad = config();
        bad.stateFolder = QStringLiteral("/proc/nothing");
        ManagedBroker broker(bad);
        QVERIFY(!broker.start().ok());
    }

    void setsAsideAStoreThatItCannotStartWith()
    {
        const QString store = m_folder->filePath(QStringLiteral("nats/store"));
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("nats"))));
        QFile notAFolder(store);
        QVERIFY(notAFolder.open(QIODevice::WriteOnly));
        notAFolder.close();
        ManagedBroker broker(config());
        QSignalSpy ready(&broker, &ManagedBroker::ready);
        QSignalSpy down(&broker, &ManagedBroker::down);
        QVERIFY(broker.start().ok());
        QVERIFY(ready.wait(2 * readyMsMax));
        QCOMPARE(down.size(), limits::brokerFailuresMax);
        const auto last = down.last().first().value<BrokerRestart>();
        QCOMPARE(last.attempt, limits::brokerFailuresMax);
        QVERIFY(last.nextTryMs > 0 && !last.why.isEmpty());
        QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("nats.broken-*")}, QDir::Files).size(), 1);
    }

    // The story: a console that is killed must not leave a broker behind that holds the store and the port.
    void leavesNothingBehindWhenItsProgramIsKilled()
    {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--host"), m_folder->path(), QString::number(freePort())});
        QTRY_VERIFY_WITH_TIMEOUT(program.canReadLine(), readyMsMax);
        const qint64 broker = program.readLine().trimmed().toLongLong();
        QVERIFY(broker > 0 && !isGone(broker));
        program.kill();
        QVERIFY(program.waitForFinished(readyMsMax));
        QTRY_VERIFY_WITH_TIMEOUT(isGone(broker), readyMsMax);
    }
};

// The helper program of the test above: runs a broker and prints its process id.
static int host(QCoreApplication &app)
{
    ManagedBroker broker({app.arguments().at(2), {}, app.arguments().at(3).toUShort()});
    QObject::connect(&broker, &ManagedBroker::ready, &app, [&broker] {
        std::printf("%lld\n", broker.processId());
        std::fflush(stdout);
    });
    return broker.start().ok() ? app.exec() : 1;
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == QLatin1String("--host"))
        return host(app);
    TestManagedBroker test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_managedbroker.moc"
