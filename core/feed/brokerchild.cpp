#include "core/feed/brokerchild.h"

#include "core/base/childprocess.h"
#include "core/model/limits.h"

namespace odin {

using namespace Qt::StringLiterals;

BrokerChild::BrokerChild(QObject *parent) : QObject(parent)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    endWithThisProcess(m_process);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &BrokerChild::readLines);
    connect(&m_process, &QProcess::errorOccurred, this, &BrokerChild::onError);
    connect(&m_process, &QProcess::finished, this, &BrokerChild::onFinished);
}

BrokerChild::~BrokerChild()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (m_process.waitForFinished(int(limits::brokerStopMsMax.count())))
        return;
    m_process.kill();
    m_process.waitForFinished(-1);
}

void BrokerChild::start(const QString &program, const QString &configFile)
{
    m_lastTrouble = {};
    m_process.start(program, {u"-c"_s, configFile});
}

void BrokerChild::readLines()
{
    while (m_process.canReadLine() || m_process.bytesAvailable() > limits::logLineCharsMax) {
        const BrokerLine line = parseBrokerLine(m_process.readLine(limits::logLineCharsMax));
        if (line.level == QtCriticalMsg || line.level == QtWarningMsg)
            m_lastTrouble = line;
        Q_EMIT said(line);
    }
}

void BrokerChild::onError(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart) // every other error is followed by finished()
        Q_EMIT ended(u"nats-server could not be started: %1."_s.arg(m_process.errorString()));
}

void BrokerChild::onFinished(int code, QProcess::ExitStatus status)
{
    readLines();
    const QString how =
        status == QProcess::CrashExit ? u"was killed (signal %1)"_s.arg(code) : u"ended with code %1"_s.arg(code);
    const QString trouble = m_lastTrouble.text.isEmpty() ? QString() : u" (%1)"_s.arg(m_lastTrouble.text);
    Q_EMIT ended(u"nats-server %1%2; it is started again."_s.arg(how, trouble));
}

} // namespace odin
