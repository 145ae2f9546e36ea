// The story: on a full disk, the export of a small table was told as done and had put an empty file over the earlier
// one.
#include "core/base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace odin;

namespace {

/// A file may not grow, as on a full disk.
class NoRoom
{
public:
    NoRoom()
    {
        ::signal(SIGXFSZ, SIG_IGN); // write() fails instead
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{.rlim_cur = 0, .rlim_max = m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoRoom() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestWholeFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path() const { return m_folder.filePath(QStringLiteral("file")); }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }

private Q_SLOTS:
    void init() { QVERIFY(!QFile::exists(path()) || QFile::remove(path())); }

    void writesAndReplaces()
    {
        QVERIFY(writeWholeFile(path(), "one").ok());
        QCOMPARE(content(), QByteArray("one"));
        QVERIFY(writeWholeFile(path(), {}).ok());
        QCOMPARE(content(), QByteArray());
    }

    void forTheOwnerOnly()
    {
        QVERIFY(writeWholeFile(path(), "secret", Readers::OwnerOnly).ok());
        QCOMPARE(QFile(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void aFullDiskLeavesWhatWasThere_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("fits the buffer") << 3;
        QTest::newRow("does not") << 1024 * 1024;
    }

    void aFullDiskLeavesWhatWasThere()
    {
        QFETCH(const int, size);
        QVERIFY(writeWholeFile(path(), "earlier").ok());
        QString error;
        {
            const NoRoom noRoom;
            const auto written = writeWholeFile(path(), QByteArray(size, 'x'));
            error = written ? QString() : written.error().text;
        }
        QVERIFY(!error.isEmpty());
        QCOMPARE(content(), QByteArray("earlier"));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), 1); // nothing half written beside it
    }

    void saysWhyNot()
    {
        const auto written = writeWholeFile(QStringLiteral("/nowhere/file"), "x");
        QVERIFY(!written && !written.error().text.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
