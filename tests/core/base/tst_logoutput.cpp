// LogOutput: standard error may be slow, full, broken or closed; the program goes on.
#include "core/base/logoutput.h"

#include <QTest>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using odin::LogOutput;

class TestLogOutput : public QObject
{
    Q_OBJECT

    int m_standardError = -1;
    std::array<int, 2> m_pipe{-1, -1};

    void closeReader() { ::close(std::exchange(m_pipe[0], -1)); }

    QByteArray readAll()
    {
        QByteArray all;
        std::array<char, 4096> buffer;
        for (ssize_t size = 0; (size = ::read(m_pipe[0], buffer.data(), buffer.size())) > 0;)
            all.append(buffer.data(), size);
        return all;
    }

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // as the programs do

    void init()
    {
        QCOMPARE(::pipe2(m_pipe.data(), O_CLOEXEC), 0);
        ::fcntl(m_pipe[0], F_SETFL, O_NONBLOCK);
        m_standardError = ::dup(STDERR_FILENO);
        ::dup2(m_pipe[1], STDERR_FILENO);
    }

    void cleanup()
    {
        ::dup2(m_standardError, STDERR_FILENO);
        for (const int fd : {m_standardError, m_pipe[0], m_pipe[1]})
            if (fd >= 0)
                ::close(fd);
    }

    void writesLines()
    {
        LogOutput output;
        output.open();
        output.write("one");
        output.write("two");
        QCOMPARE(readAll(), "one\ntwo\n");
    }

    void aReaderThatDoesNotReadStopsNobody()
    {
        LogOutput output;
        output.open();
        for (int i = 0; i < 2000; ++i) // the pipe holds 64 KiB
            output.write(QByteArray(100, 'x'));

        const auto kept = readAll().split('\n');
        QVERIFY(kept.size() > 1 && kept.size() < 2000);
        for (qsizetype i = 0; i + 1 < kept.size(); ++i)
            QCOMPARE(kept[i], QByteArray(100, 'x')); // no line is cut

        output.write("back again");
        const auto dropped = QByteArray::number(2000 - (kept.size() - 1));
        QCOMPARE(readAll(), "(" + dropped + " log lines were dropped: nobody read them)\nback again\n");
    }

    void aReaderThatIsGoneStopsNobody()
    {
        closeReader();
        LogOutput output;
        output.open();
        for (int i = 0; i < 2000; ++i)
            output.write(QByteArray(100, 'x'));
    }

    void aClosedStandardErrorIsNotGivenToASocket()
    {
        ::close(STDERR_FILENO);
        LogOutput output;
        output.open();
        const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        output.write("nowhere");
        ::close(next);
        QVERIFY(next != STDERR_FILENO);
        QVERIFY(::fcntl(STDERR_FILENO, F_GETFD) >= 0);
    }

    void aFullDiskStopsNobody()
    {
        const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
        QVERIFY(full >= 0);
        ::dup2(full, STDERR_FILENO);
        ::close(full);
        LogOutput output;
        output.open();
        output.write("no room");
    }

    void knowsTheJournal()
    {
        LogOutput output;
        struct stat info{};
        QCOMPARE(::fstat(STDERR_FILENO, &info), 0);
        const auto number = [](quint64 part) { return QByteArray::number(part); };
        qputenv("JOURNAL_STREAM", number(info.st_dev) + ':' + number(info.st_ino));
        output.open();
        QVERIFY(output.isJournal());

        // a terminal that was started by a service inherits the variable, not the stream
        qputenv("JOURNAL_STREAM", "9:12345");
        output.open();
        QVERIFY(!output.isJournal());

        qunsetenv("JOURNAL_STREAM");
        output.open();
        QVERIFY(!output.isJournal());
    }
};

QTEST_GUILESS_MAIN(TestLogOutput)
#include "tst_logoutput.moc"
