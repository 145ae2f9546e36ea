// The console's window over its own gateway, under load: neither may get in the other's way.
#include "tests/app/consoletest.h"

#include <QApplication>
#include <QPointer>
#include <QProcess>
#include <QStackedWidget>
#include <QThread>

#include <ctime>
#include <thread>

using namespace odin;

namespace {

using std::chrono::milliseconds;

/// Processor time of this thread. Not the time of day: on a busy machine an event waits for others without being slow.
milliseconds cpuTime()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds(now.tv_sec)
                                                    + std::chrono::nanoseconds(now.tv_nsec));
}

/// Measures how long each event keeps the thread of the window.
class MeasuredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread() || m_depth > 0) // every thread's events come here
            return QApplication::notify(receiver, event);
        ++m_depth;
        const QPointer<QObject> guard(receiver);
        const int type = event->type();
        const auto start = cpuTime();
        const bool handled = QApplication::notify(receiver, event);
        const auto took = cpuTime() - start;
        --m_depth;
        if (took > longest) {
            longest = took;
            longestOf = QStringLiteral("event %1 of %2")
                            .arg(type)
                            .arg(QLatin1String(guard ? guard->metaObject()->className() : "an object that is gone"));
        }
        return handled;
    }

    milliseconds longest{0};
    QString longestOf;

private:
    int m_depth = 0;
};

MeasuredApplication *application() { return static_cast<MeasuredApplication *>(qApp); }

} // namespace

class TestConsoleLoad : public ConsoleTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { show({QStringLiteral("--simulate")}); }

    void cleanup()
    {
        m_swarm.kill();
        m_swarm.waitForFinished(patience);
        close();
    }

    void deliveryGoesOnWhileTheWindowIsBlocked()
    {
        startSwarm(200, QStringLiteral("12s"));
        QVERIFY(!QTest::currentTestFailed());
        std::vector<quint64> delivered; // every 2.5 s, by a thread that is not blocked
        std::thread witness([&] {
            for (int i = 0; i < 5; ++i) {
                delivered.push_back(m_gateway->snapshot()->deliveries);
                std::this_thread::sleep_for(milliseconds(2'500));
            }
        });
        std::this_thread::sleep_for(std::chrono::seconds(10));
        witness.join();
        for (std::size_t i = 1; i < delivered.size(); ++i)
            QVERIFY2(delivered[i] > delivered[i - 1], "nothing was delivered while the window was blocked");
        QTRY_VERIFY_WITH_TIMEOUT(m_swarm.state() == QProcess::NotRunning, patience);
        QVERIFY2(m_swarm.exitCode() == 0, m_swarm.readAll().constData()); // none lost, none dropped
    }

    void noEventTakesLongWithManyClients()
    {
        startSwarm(10'000, QStringLiteral("300s"));
        QVERIFY(!QTest::currentTestFailed());
        auto *pages = m_window->findChild<QStackedWidget *>();
        QVERIFY(pages);
        for (int page = 0; page < pages->count(); ++page) { // what is made at first sight is not what is meant here
            QTest::keyClick(m_window.get(), static_cast<Qt::Key>(Qt::Key_1 + page), Qt::ControlModifier);
            QTRY_COMPARE_WITH_TIMEOUT(pages->currentIndex(), page, patience);
            seePresented(2);
            application()->longest = {};
            seePresented(3);
            QVERIFY2(application()->longest < milliseconds(50),
                     qPrintable(QStringLiteral("page %1: %2 took %3 ms")
                                    .arg(pages->currentWidget()->windowTitle(), application()->longestOf)
                                    .arg(application()->longest.count())));
        }
    }

private:
    void startSwarm(int clients, const QString &hold)
    {
        m_swarm.setProcessChannelMode(QProcess::MergedChannels);
        m_swarm.start(QCoreApplication::applicationDirPath() + QStringLiteral("/odin-loadtest"),
                      {QStringLiteral("--url"), m_gateway->snapshot()->addresses.ws, QStringLiteral("--ramp"),
                       QString::number(clients), QStringLiteral("--hold"), hold, QStringLiteral("--slo"),
                       QStringLiteral("lost=0,dropped=0,duplicates=0")});
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, clients, patience);
    }

    /// Until the window has seen so many new snapshots, one a second.
    void seePresented(int snapshots)
    {
        for (int i = 0; i < snapshots; ++i) {
            const auto before = m_gateway->snapshot();
            QTRY_VERIFY_WITH_TIMEOUT(m_gateway->snapshot() != before, patience);
        }
    }

    QProcess m_swarm;
};

int main(int argc, char **argv)
{
    MeasuredApplication measured(argc, argv);
    TestConsoleLoad test;
    return QTest::qExec(&test, argc, argv);
}

#include "moc_consoletest.cpp"
#include "tst_consoleload.moc"
