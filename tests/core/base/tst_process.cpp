// Descriptor limit and process usage: what the system says about this process, against what the test does to it.
#include "core/base/descriptors.h"
#include "core/base/processusage.h"

#include <QDeadlineTimer>
#include <QTest>

#include <semaphore>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace odin;
using namespace std::chrono_literals;

class TestProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raisesTheLimitOfDescriptors()
    {
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
        const rlim_t lowered = 256;
        const rlimit low{lowered, limit.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);

        const int allowed = raiseDescriptorLimit();
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
        QCOMPARE(allowed, static_cast<int>(limit.rlim_cur));
        QCOMPARE(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, 1'048'576));
        QCOMPARE(raiseDescriptorLimit(), allowed);
    }

    void countsDescriptors()
    {
        const int before = processUsage()->descriptors;
        QVERIFY(before >= 3);
        std::vector<int> opened;
        for (int i = 0; i < 100; ++i)
            opened.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        QCOMPARE(processUsage()->descriptors, before + 100);
        for (const int fd : opened)
            ::close(fd);
        QCOMPARE(processUsage()->descriptors, before);
    }

    void countsThreads()
    {
        const int before = processUsage()->threads;
        std::binary_semaphore go(0);
        std::thread waiting([&go] { go.acquire(); });
        const int during = processUsage()->threads;
        go.release();
        waiting.join();
        QCOMPARE(during, before + 1);
    }

    void countsCpuTime()
    {
        const auto before = processUsage()->cpu;
        const QDeadlineTimer deadline(60s);
        while (processUsage()->cpu < before + 50ms && !deadline.hasExpired()) { }
        QVERIFY(processUsage()->cpu >= before + 50ms);
    }

    void countsMemory()
    {
        constexpr std::size_t size = 64 * 1024 * 1024;
        const qint64 before = processUsage()->residentBytes;
        QVERIFY(before > 1024 * 1024);
        const std::vector<char> block(size, 'x');
        QVERIFY(processUsage()->residentBytes > before + qint64(size / 2));
        QCOMPARE(block.back(), 'x');
    }

    void looksAtAnotherProcess()
    {
        const auto parent = processUsage(::getppid());
        QVERIFY(parent.ok());
        QVERIFY(parent->threads >= 1);
        QVERIFY(parent->residentBytes > 0);
    }

    void failsWithoutAProcess()
    {
        const auto nobody = processUsage(std::numeric_limits<pid_t>::max());
        QVERIFY(!nobody.ok());
        QVERIFY(nobody.error().text.contains(u"2147483647"));
    }
};

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
