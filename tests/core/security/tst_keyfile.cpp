// Files with keys: who may read them, and the key that a machine makes for itself.
#include "core/model/limits.h"
#include "core/security/keyfile.h"
#include "forge.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <mutex>
#include <thread>
#include <vector>

using namespace odin;

class TestKeyFile : public QObject
{
    Q_OBJECT

    const QTemporaryDir m_folder;

    QString file(const QByteArray &text, int mode)
    {
        static int number = 0;
        const auto path = m_folder.filePath(QStringLiteral("key-%1").arg(++number));
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        ::chmod(QFile::encodeName(path).constData(), mode_t(mode));
        return written ? path : QString();
    }

private Q_SLOTS:
    void secretsAreTheirOwnersOnly_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("good");
        QTest::newRow("0600") << 0600 << true;
        QTest::newRow("0400") << 0400 << true;
        QTest::newRow("0640") << 0640 << false;
        QTest::newRow("0604") << 0604 << false;
        QTest::newRow("0620") << 0620 << false;
        QTest::newRow("0644") << 0644 << false;
        QTest::newRow("0666") << 0666 << false;
    }

    void secretsAreTheirOwnersOnly()
    {
        QFETCH(int, mode);
        QFETCH(bool, good);
        const auto secret = forge::secretJwk(QByteArray(32, 's'), "HS256", "a");
        for (const auto &text : {secret, "{\"keys\":[" + secret + "]}", forge::privatePem(forge::ec())}) {
            QCOMPARE(keysInFile(file(text, mode)).ok(), good);
            QCOMPARE(signingKeyInFile(file(text, mode)).ok(), good);
        }
    }

    void publicKeysMayBeReadByAll()
    {
        const auto path = file(forge::publicPem(forge::ec()), 0644);
        QVERIFY(keysInFile(path).ok());
        QVERIFY(!signingKeyInFile(path).ok());
    }

    void sentencesNameTheFileAndNoSecret()
    {
        const auto path = file(forge::secretJwk("hunter2hunter2", "HS256", "a"), 0600);
        const auto keys = keysInFile(path);
        QVERIFY(!keys);
        QVERIFY(keys.error().text.contains(path));
        QVERIFY(!keys.error().text.contains(QLatin1String(forge::encoded("hunter2hunter2"))));
    }

    void noFile()
    {
        QVERIFY(!keysInFile(m_folder.filePath(QStringLiteral("none"))));
        QVERIFY(!keysInFile(m_folder.path()));
        QVERIFY(!keysInFile(QStringLiteral("/dev/zero")));
        QVERIFY(!keysInFile(file(QByteArray(limits::keySetBytesMax + 1, ' '), 0600)));
        QVERIFY(!keysInFile(file({}, 0600)));
    }

    void makesItsOwnKeyOnce()
    {
        const auto path = m_folder.filePath(QStringLiteral("state/deep/token-key.json"));
        QVERIFY(ensureOwnKey(path).ok());
        struct stat status
        {
        };
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
        const auto key = signingKeyInFile(path);
        QCOMPARE(QByteArray(key->algorithm().name), "HS256");
        QVERIFY(!key->id().isEmpty());
        QVERIFY(ensureOwnKey(path).ok());
        QVERIFY(signingKeyInFile(path)->isSameAs(key.value()));
        QCOMPARE(QDir(QFileInfo(path).path()).entryList(QDir::Files).size(), 1);
    }

    void keysOfTwoMachinesDiffer()
    {
        const auto one = m_folder.filePath(QStringLiteral("one.json")),
                   other = m_folder.filePath(QStringLiteral("other.json"));
        QVERIFY(ensureOwnKey(one).ok() && ensureOwnKey(other).ok());
        QVERIFY(!signingKeyInFile(one)->isSameAs(signingKeyInFile(other).value()));
    }

    void whoComesSecondFindsTheFirstKey()
    {
        for (int round = 0; round < 20; ++round) {
            const auto path = m_folder.filePath(QStringLiteral("race-%1.json").arg(round));
            std::vector<Result<JwsKey>> keys;
            std::mutex mutex;
            {
                std::vector<std::jthread> threads;
                for (int i = 0; i < 8; ++i) {
                    threads.emplace_back([&] {
                        const auto made = ensureOwnKey(path);
                        auto key = made ? signingKeyInFile(path) : Result<JwsKey>(made.error());
                        const std::lock_guard lock(mutex);
                        keys.push_back(std::move(key));
                    });
                }
            }
            for (const auto &key : keys)
                QVERIFY(key.ok() && key->isSameAs(keys.front().value()));
        }
    }

    void aFolderThatIsNone() { QVERIFY(!ensureOwnKey(file("x", 0600) + QStringLiteral("/token-key.json")).ok()); }
};

QTEST_GUILESS_MAIN(TestKeyFile)
#include "tst_keyfile.moc"
