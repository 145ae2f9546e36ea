// LoadTestRunner: runs odin-loadtest beside the console, as a child process that cannot outlive it.
// Thread: main, with an event loop; nothing here waits but the destructor. Owner: LoadTest.
#pragma once

#include "core/model/limits.h"
#include "ui/models/loadtestmessage.h"

#include <QProcess>
#include <QTimer>

namespace odin {

/// odin-loadtest beside the running program.
QString loadTestProgram();

struct LoadTestDeadlines
{
    std::chrono::milliseconds silent = limits::loadTestSilentMsMax;
    std::chrono::milliseconds stop = limits::loadTestStopMsMax;
};

class LoadTestRunner final : public QObject
{
    Q_OBJECT
public:
    explicit LoadTestRunner(QString program, LoadTestDeadlines deadlines = {}, QObject *parent = nullptr);
    /// Ends the child at once.
    ~LoadTestRunner() override;

    /// Only while none runs. Everything else is told by ended().
    void start(const QStringList &arguments);
    /// It ends with what it has, or is killed after the deadline.
    void stop();
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void said(const odin::LoadTestMessage &message);
    /// Once per start(). `problem`: why there is no result, what happened and what to do; empty when there is one.
    void ended(const QString &problem);

private:
    void readLines();
    bool takeNext();
    void takeLine(const QByteArray &line);
    void readErrors();
    void giveUp(const QString &why);
    void killNow();
    void onError(QProcess::ProcessError error);
    void onFinished(int code, QProcess::ExitStatus status);
    QString problemOf(int code, QProcess::ExitStatus status) const;

    const QString m_program;
    const LoadTestDeadlines m_deadlines;
    QProcess m_process;
    QTimer m_silence;
    QTimer m_stopping;

    // Of this run
    QByteArray m_said; // and not taken yet
    qsizetype m_searched = 0; // so much of it has no end of a line
    QByteArray m_errors; // the end of what it said on standard error
    QString m_givenUp; // why we killed it
    bool m_hasResult = false;
};

} // namespace odin
