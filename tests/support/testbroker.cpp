#include "tests/support/testbroker.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace odin {

namespace {

bool allThreadsStopped(qint64 pid)
{
    const QDir threads(QStringLiteral("/proc/%1/task").arg(pid));
    const auto ids = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::all_of(ids.begin(), ids.end(), [&](const QString &id) {
        QFile stat(threads.filePath(id + QStringLiteral("/stat")));
        const auto line = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
        return line.mid(line.lastIndexOf(')') + 2, 1) == "T"; // behind the name, which may contain anything
    });
}

} // namespace

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

TestBroker::TestBroker(Kind kind)
{
    m_file.serverName = QStringLiteral("odin-test");
    m_file.port = freePort();
    m_file.storeFolder = m_folder.filePath(QStringLiteral("store"));
    m_file.user = QStringLiteral("odin");
    m_file.password = QStringLiteral("secret");
    m_file.systemPassword = QStringLiteral("system");
    m_file.jetStream = kind == Kind::JetStream;
}

TestBroker::~TestBroker()
{
    if (m_child && m_child->processId() > 0)
        kill(); // a frozen one would not hear SIGTERM
}

bool TestBroker::start()
{
    QFile file(configPath());
    if (!file.open(QIODevice::WriteOnly) || file.write(brokerConfigText(m_file)) < 0)
        return false;
    file.close();
    bool ready = false;
    m_child = std::make_unique<BrokerChild>();
    QObject::connect(m_child.get(), &BrokerChild::said, m_child.get(),
                     [&ready](const BrokerLine &line) { ready = ready || saysReady(line); });
    m_child->start(QStringLiteral("nats-server"), configPath());
    const bool inTime = QTest::qWaitFor([&ready] { return ready; }, 10'000);
    QObject::disconnect(m_child.get(), &BrokerChild::said, nullptr, nullptr);
    return inTime;
}

void TestBroker::kill()
{
    if (m_child->processId() > 0)
        ::kill(pid_t(m_child->processId()), SIGKILL);
    m_child.reset(); // reaps it
}

// The signal is on its way when kill() returns: until every thread of the broker has stopped, it may still answer.
void TestBroker::freeze()
{
    const auto pid = m_child->processId();
    ::kill(pid_t(pid), SIGSTOP);
    QVERIFY(QTest::qWaitFor([pid] { return allThreadsStopped(pid); }, 10'000));
}

void TestBroker::cont() { ::kill(pid_t(m_child->processId()), SIGCONT); }

void TestBroker::wipe() { QDir(m_file.storeFolder).removeRecursively(); }

QString TestBroker::urlFor(const QString &user, const QString &password) const
{
    return QStringLiteral("nats://%1:%2@127.0.0.1:%3").arg(user, password).arg(m_file.port);
}

} // namespace odin
