// From arguments to options or an exit code.
#include "app/startup.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <cstddef>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace odin;

namespace {

// -1: it would run.
int exitCodeOf(const QStringList &arguments)
{
    const auto started = startUp(arguments, QStringLiteral("odin-test"));
    const auto *exit = std::get_if<ExitNow>(&started);
    return exit ? exit->code : -1;
}

Options optionsOf(const QStringList &arguments)
{
    const auto started = startUp(arguments, QStringLiteral("odin-test"));
    const auto *options = std::get_if<Options>(&started);
    return options ? *options : Options();
}

} // namespace

class TestStartup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        const auto names = QProcessEnvironment::systemEnvironment().keys();
        for (const auto &name : names) {
            if (name.startsWith(QLatin1String("ODIN_")))
                qunsetenv(name.toLatin1().constData());
        }
    }
    void cleanup() { init(); }

    void wrongFlagsAreUsage()
    {
        QCOMPARE(exitCodeOf({QStringLiteral("--nonsense")}), exitcode::usage);
        QCOMPARE(exitCodeOf({QStringLiteral("--listen"), QStringLiteral("nowhere")}), exitcode::usage);
        QCOMPARE(exitCodeOf({QStringLiteral("--check-config"), QStringLiteral("--seed=x")}), exitcode::usage);
    }

    void wrongConfigurationIsConfiguration()
    {
        qputenv("ODIN_LISTEN", "nowhere");
        QCOMPARE(exitCodeOf({}), exitcode::badConfig);
        QCOMPARE(exitCodeOf({QStringLiteral("--listen=127.0.0.1:0")}), -1); // the flag beats it
        qunsetenv("ODIN_LISTEN");
        qputenv("ODIN_LISTEM", "127.0.0.1:0");
        QCOMPARE(exitCodeOf({}), exitcode::badConfig);
        qunsetenv("ODIN_LISTEM");
        QCOMPARE(exitCodeOf({QStringLiteral("--config=/nonexistent/odin.toml")}), exitcode::badConfig);
        QCOMPARE(exitCodeOf({QStringLiteral("--config"), written("seed = \"x\"\n")}), exitcode::badConfig);
        QCOMPARE(exitCodeOf({QStringLiteral("--config"), written("nonsense = 1\n")}), exitcode::badConfig);
    }

    void readsTheFileThatIsNamed()
    {
        qputenv("ODIN_CONFIG", written("seed = 11\nshards = 2\n").toLocal8Bit());
        QCOMPARE(optionsOf({}).seed, 11u);
        qputenv("ODIN_SHARDS", "3");
        const auto options = optionsOf({QStringLiteral("--seed=12")});
        QCOMPARE(options.seed, 12u);
        QCOMPARE(options.shards, 3);
        QCOMPARE(optionsOf({QStringLiteral("--config"), written("seed = 13\n")}).seed, 13u);
    }

    void someOnlySaySomething()
    {
        QCOMPARE(exitCodeOf({QStringLiteral("--help")}), exitcode::stopped);
        QCOMPARE(exitCodeOf({QStringLiteral("--version")}), exitcode::stopped);
        QCOMPARE(exitCodeOf({QStringLiteral("--print-config")}), exitcode::stopped);
        QCOMPARE(exitCodeOf({QStringLiteral("--check-config")}), exitcode::stopped);
        QCOMPARE(exitCodeOf({QStringLiteral("--print-config"), QStringLiteral("--seed=x")}), exitcode::usage);
    }

    void displays()
    {
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            qunsetenv(name);
        QVERIFY(displayProblem().contains(QLatin1String("DISPLAY")));
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QCOMPARE(displayProblem(), QString());
        qputenv("QT_QPA_PLATFORM", "xcb");
        QVERIFY(!displayProblem().isEmpty());
        qputenv("DISPLAY", "elsewhere:0"); // cannot be told from here
        QCOMPARE(displayProblem(), QString());
        qunsetenv("DISPLAY");
        qputenv("WAYLAND_DISPLAY", "wayland-0");
        QCOMPARE(displayProblem(), QString());
        qunsetenv("WAYLAND_DISPLAY");
    }

    // The story: Qt ends the program with an abort where DISPLAY names a display that is gone.
    void displaysThatAreGone()
    {
        for (const char *name : {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            qunsetenv(name);
        const auto number = QByteArray::number(100'000 + QCoreApplication::applicationPid()); // nobody's
        qputenv("DISPLAY", ":" + number + ".0");
        QVERIFY(displayProblem().contains(QString::fromLatin1(number)));

        const auto path = "/tmp/.X11-unix/X" + number;
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path + 1, path.constData(), std::size_t(path.size())); // abstract, as X servers have it
        const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + std::size_t(path.size()));
        const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QCOMPARE(::bind(server, reinterpret_cast<const sockaddr *>(&address), size), 0);
        QCOMPARE(::listen(server, 1), 0);
        const auto problem = displayProblem();
        ::close(server);
        qunsetenv("DISPLAY");
        QCOMPARE(problem, QString());
    }

private:
    QString written(const QByteArray &text)
    {
        const auto path = m_folder.filePath(QStringLiteral("%1.toml").arg(++m_files));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestStartup)
#include "tst_startup.moc"
