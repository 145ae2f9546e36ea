// WakeFd: readable exactly between wake() and clear(), however often it was woken.
#include "core/base/wakefd.h"

#include <QTest>

#include <thread>

#include <poll.h>

using odin::WakeFd;

class TestWakeFd : public QObject
{
    Q_OBJECT

    static bool isReadable(const WakeFd &wake, int timeoutMs = 0)
    {
        pollfd entry{wake.fd(), POLLIN, 0};
        return ::poll(&entry, 1, timeoutMs) == 1;
    }

private Q_SLOTS:
    void isQuietAtFirst()
    {
        WakeFd wake;
        QVERIFY(wake.fd() >= 0);
        QVERIFY(!isReadable(wake));
    }

    void manyWakesAreOneClear()
    {
        WakeFd wake;
        for (int i = 0; i < 1000; ++i)
            wake.wake();
        QVERIFY(isReadable(wake));
        wake.clear();
        QVERIFY(!isReadable(wake));
    }

    void clearWithoutWakeDoesNotBlock()
    {
        WakeFd wake;
        wake.clear();
        wake.wake();
        QVERIFY(isReadable(wake));
    }

    void wakesAnotherThread()
    {
        WakeFd wake;
        std::thread waker([&wake] { wake.wake(); });
        const bool woken = isReadable(wake, 10'000);
        waker.join();
        QVERIFY(woken);
    }
};

QTEST_GUILESS_MAIN(TestWakeFd)
#include "tst_wakefd.moc"
