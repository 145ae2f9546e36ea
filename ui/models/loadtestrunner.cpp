#include "ui/models/loadtestrunner.h"

#include "core/base/childprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace odin {

namespace {

constexpr int linesAtOnce = 64; // the window has other things to do, too

} // namespace

QString loadTestProgram()
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("odin-loadtest"));
}

LoadTestRunner::LoadTestRunner(QString program, LoadTestDeadlines deadlines, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_deadlines(deadlines)
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    endWithThisProcess(m_process);
    m_silence.setSingleShot(true);
    m_stopping.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        giveUp(QStringLiteral("odin-loadtest said nothing for %1 s and was ended.")
                   .arg(m_deadlines.silent.count() / 1000));
    });
    connect(&m_stopping, &QTimer::timeout, this,
            [this] { giveUp(QStringLiteral("odin-loadtest did not stop and was ended.")); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LoadTestRunner::readLines);
    connect(&m_process, &QProcess::readyReadStandardError, this, &LoadTestRunner::readErrors);
    connect(&m_process, &QProcess::errorOccurred, this, &LoadTestRunner::onError);
    connect(&m_process, &QProcess::finished, this, &LoadTestRunner::onFinished);
    // Before the gateway drains: its clients are ours, and are not to be waited for.
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &LoadTestRunner::killNow);
}

LoadTestRunner::~LoadTestRunner()
{
    m_process.disconnect(this);
    killNow();
}

void LoadTestRunner::killNow()
{
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished(-1); // a killed process is reaped within milliseconds
}

void LoadTestRunner::start(const QStringList &arguments)
{
    m_said.clear();
    m_searched = 0;
    m_errors.clear();
    m_givenUp.clear();
    m_hasResult = false;
    m_silence.start(m_deadlines.silent);
    m_process.start(m_program, arguments);
}

void LoadTestRunner::stop()
{
    if (!isRunning() || m_stopping.isActive())
        return;
    m_process.terminate();
    m_stopping.start(m_deadlines.stop);
}

void LoadTestRunner::readLines()
{
    m_said += m_process.readAllStandardOutput();
    for (int i = 0; i < linesAtOnce; ++i) {
        if (!takeNext())
            return;
    }
    QMetaObject::invokeMethod(this, &LoadTestRunner::readLines, Qt::QueuedConnection);
}

/// Whether there was a whole line. No byte is looked at twice, however long a line is.
bool LoadTestRunner::takeNext()
{
    if (!m_givenUp.isEmpty())
        return false;
    const auto end = m_said.indexOf('\n', m_searched);
    m_searched = end < 0 ? m_said.size() : 0;
    if (end < 0 && m_said.size() > qsizetype(limits::loadTestLineBytesMax))
        giveUp(QStringLiteral("odin-loadtest said a line without an end and was ended."));
    if (end < 0)
        return false;
    const auto line = m_said.left(end);
    m_said.remove(0, end + 1);
    takeLine(line);
    return true;
}

void LoadTestRunner::takeLine(const QByteArray &line)
{
    const auto message = parseLoadTestLine(line);
    if (!message)
        return giveUp(QStringLiteral("%1 does not speak like odin-loadtest and was ended. It said: %2")
                          .arg(m_program, message.error().text));
    m_silence.start(m_deadlines.silent);
    m_hasResult = m_hasResult || std::holds_alternative<LoadTestResult>(message.value());
    Q_EMIT said(message.value());
}

void LoadTestRunner::readErrors()
{
    m_errors = (m_errors + m_process.readAllStandardError()).right(limits::logLineCharsMax);
}

void LoadTestRunner::giveUp(const QString &why)
{
    if (m_givenUp.isEmpty())
        m_givenUp = why;
    m_said.clear();
    m_process.kill();
}

void LoadTestRunner::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart) // every other error is followed by finished()
        return;
    m_silence.stop();
    const auto why = QFileInfo::exists(m_program) ? m_process.errorString() : QStringLiteral("it is not there");
    Q_EMIT ended(
        QStringLiteral("%1 could not be started: %2. It belongs beside the console: install or build both together.")
            .arg(m_program, why));
}

void LoadTestRunner::onFinished(int code, QProcess::ExitStatus status)
{
    m_silence.stop();
    m_stopping.stop();
    m_said += m_process.readAllStandardOutput();
    while (takeNext()) { }
    readErrors();
    Q_EMIT ended(m_hasResult ? QString() : problemOf(code, status));
}

QString LoadTestRunner::problemOf(int code, QProcess::ExitStatus status) const
{
    if (!m_givenUp.isEmpty())
        return m_givenUp;
    if (status == QProcess::CrashExit)
        return QStringLiteral("odin-loadtest was killed by signal %1 before it had a result. Start the test again.")
            .arg(code);
    auto said = QString::fromUtf8(m_errors).trimmed().section(u'\n', -1).remove(QStringLiteral("odin-loadtest: "));
    if (said.isEmpty())
        said = QStringLiteral("it ended with code %1 and without a result").arg(code);
    return QStringLiteral("odin-loadtest could not run the test: %1.").arg(said);
}

} // namespace odin
