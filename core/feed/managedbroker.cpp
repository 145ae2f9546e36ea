#include "core/feed/managedbroker.h"

#include "core/base/log.h"
#include "core/feed/brokerchild.h"
#include "core/feed/storefolder.h"
#include "core/model/limits.h"
#include "core/model/types.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTimer>

#include <optional>

namespace odin {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

QString randomPassword() // 128 bits
{
    auto *random = QRandomGenerator::system();
    return u"%1%2"_s.arg(random->generate64(), 16, 16, QChar(u'0')).arg(random->generate64(), 16, 16, QChar(u'0'));
}

bool isFree(quint16 port) { return QTcpServer().listen(QHostAddress::LocalHost, port); }

void logLine(const BrokerLine &line)
{
    if (line.level == QtDebugMsg)
        qCDebug(lcBroker).noquote() << line.text;
    else if (line.level == QtInfoMsg)
        qCInfo(lcBroker).noquote() << line.text;
    else
        qCWarning(lcBroker).noquote() << line.text;
}

} // namespace

class ManagedBroker::Private
{
public:
    Private(BrokerConfig config, ManagedBroker *broker);

    Result<Done> start();
    QString address() const { return u"127.0.0.1:%1"_s.arg(m_file.port); }

    qint64 processId() const { return m_child.processId(); }
    QString credentials() const { return m_file.user + u':' + m_file.password; }

private:
    Result<Done> choosePort(quint16 from);
    void run();
    void onSaid(const BrokerLine &line);
    void onEnded(const QString &why);
    void movePort();
    void countFailure();

    ManagedBroker *const q;
    const BrokerConfig m_config;
    QString m_program;
    BrokerFile m_file;
    std::optional<StoreFolder> m_folder; // before the child: its lock outlives the process that writes there
    BrokerChild m_child;
    QTimer m_restart;
    QElapsedTimer m_upFor; // since ready; invalid while it is not
    milliseconds m_retry = limits::brokerRetryMsMin;
    int m_attempt = 0; // starts since it last said that it is ready
    int m_failures = 0; // starts in a row that did not become healthy
    bool m_everReady = false; // from then on the port is promised
    bool m_portTaken = false; // this run found its port taken
    bool m_setAside = false; // the store was moved away once: more would only hide another cause
};

ManagedBroker::Private::Private(BrokerConfig config, ManagedBroker *broker) : q(broker), m_config(std::move(config))
{
    m_restart.setSingleShot(true);
    QObject::connect(&m_restart, &QTimer::timeout, q, [this] { run(); });
    QObject::connect(&m_child, &BrokerChild::said, q, [this](const BrokerLine &line) { onSaid(line); });
    QObject::connect(&m_child, &BrokerChild::ended, q, [this](const QString &why) { onEnded(why); });
}

Result<Done> ManagedBroker::Private::start()
{
    m_program =
        QStandardPaths::findExecutable(m_config.serverProgram.isEmpty() ? u"nats-server"_s : m_config.serverProgram);
    if (m_program.isEmpty())
        return Error{u"nats-server was not found on the PATH: install the package nats-server, "
                     "or give --nats URL to use a bus that exists"_s};
    auto folder = StoreFolder::take(m_config.stateFolder);
    if (!folder)
        return folder.error();
    m_folder = std::move(folder.value());
    m_file.serverName = u"odin-console"_s;
    m_file.storeFolder = m_folder->storePath();
    m_file.user = u"odin"_s;
    m_file.password = randomPassword();
    m_file.systemPassword = randomPassword();
    if (const auto chosen = choosePort(m_config.firstPort); !chosen)
        return chosen;
    run();
    return Done{};
}

Result<Done> ManagedBroker::Private::choosePort(quint16 from)
{
    const int last = std::min(int(m_config.firstPort) + limits::brokerPortsMax - 1, 65'535);
    for (int port = from; port <= last; ++port) {
        if (!isFree(quint16(port)))
            continue;
        m_file.port = quint16(port);
        return m_folder->writeConfig(brokerConfigText(m_file));
    }
    return Error{
        u"No port from %1 to %2 is free: stop what uses them, or choose another first port."_s.arg(m_config.firstPort)
            .arg(last)};
}

void ManagedBroker::Private::run()
{
    m_portTaken = false;
    m_upFor.invalidate();
    m_child.start(m_program, m_folder->configFile());
}

void ManagedBroker::Private::onSaid(const BrokerLine &line)
{
    logLine(line);
    m_portTaken = m_portTaken || saysPortTaken(line);
    if (!saysReady(line))
        return;
    m_upFor.start();
    m_attempt = 0;
    m_everReady = true;
    Q_EMIT q->ready();
}

void ManagedBroker::Private::onEnded(const QString &why)
{
    if (m_upFor.isValid() && m_upFor.elapsed() > limits::brokerHealthyMs.count()) {
        m_retry = limits::brokerRetryMsMin;
        m_failures = 0;
    }
    if (m_portTaken && !m_everReady)
        movePort();
    else if (!m_upFor.isValid() && !m_portTaken)
        countFailure();
    m_restart.start(m_retry);
    const BrokerRestart restart{.why = why, .attempt = ++m_attempt, .nextTryMs = wallMs() + m_retry.count()};
    m_retry = std::min(m_retry * 2, limits::brokerRetryMsMax);
    Q_EMIT q->down(restart);
}

// Somebody took the port between our look at it and the broker's bind.
void ManagedBroker::Private::movePort()
{
    if (const auto chosen = choosePort(m_file.port + 1); !chosen)
        qCWarning(lcBroker).noquote() << chosen.error().text;
}

// nats-server repairs most stores by itself; one that it cannot even start with is set aside, once.
void ManagedBroker::Private::countFailure()
{
    if (++m_failures < limits::brokerFailuresMax || m_setAside)
        return;
    m_setAside = true;
    const auto aside = m_folder->setStoreAside();
    if (aside)
        qCWarning(lcBroker).noquote() << "nats-server does not start with its store: it is now in" << aside.value()
                                      << "and the broker starts with an empty one";
    else
        qCWarning(lcBroker).noquote() << aside.error().text;
}

ManagedBroker::ManagedBroker(BrokerConfig config, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(config), this))
{
}

ManagedBroker::~ManagedBroker() = default;

Result<Done> ManagedBroker::start() { return d->start(); }

QString ManagedBroker::url() const { return u"nats://%1@%2"_s.arg(d->credentials(), d->address()); }

QString ManagedBroker::publicUrl() const { return "nats://"_L1 + d->address(); }

qint64 ManagedBroker::processId() const { return d->processId(); }

} // namespace odin
