// BrokerChild: one run of a nats-server process, which cannot outlive the thread that started it.
// Thread: one thread with an event loop, that lives as long as the process should (PDEATHSIG).
// Owner: ManagedBroker; the tests' TestBroker.
#pragma once

#include "core/feed/brokerconfig.h"

#include <QProcess>

namespace odin {

class BrokerChild : public QObject
{
    Q_OBJECT
public:
    explicit BrokerChild(QObject *parent = nullptr);
    /// SIGTERM, SIGKILL after brokerStopMsMax; always reaped.
    ~BrokerChild() override;

    void start(const QString &program, const QString &configFile);
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void said(const odin::BrokerLine &line);
    void ended(const QString &why);

private:
    void readLines();
    void onError(QProcess::ProcessError error);
    void onFinished(int code, QProcess::ExitStatus status);

    QProcess m_process;
    BrokerLine m_lastTrouble; // what it complained about last: most likely why it ended
};

} // namespace odin
