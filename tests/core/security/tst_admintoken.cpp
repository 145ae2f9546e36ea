// The secret of the operators' port is made once, kept for its owner only, and not taken from a file that others can read.
#include "core/security/admintoken.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

class TestAdminToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeOnceAndKept()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("deep/state/admin-token"));
        const auto made = adminToken(path);
        QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().text));
        QVERIFY(made->size() >= 43); // 256 bits
        QCOMPARE(adminToken(path).value(), made.value());
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(adminToken(folder.filePath(QStringLiteral("other"))).value() != made.value());
    }

    void isNotTakenFromAFileThatOthersCanRead()
    {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("admin-token"));
        QVERIFY(adminToken(path).ok());
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        const auto refused = adminToken(path);
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().text.contains(QStringLiteral("chmod 600")));
    }

    void isNotAnEmptyFile()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("admin-token")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.close();
        QVERIFY(!adminToken(file.fileName()).ok());
    }

    void cannotBeWrittenIsSaid()
    {
        const auto refused = adminToken(QStringLiteral("/proc/odin/admin-token"));
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().text.contains(QStringLiteral("/proc/odin/admin-token")));
    }

    void comparesWholeSecrets()
    {
        QVERIFY(isSameSecret("abc", "abc"));
        QVERIFY(!isSameSecret("abc", "abd"));
        QVERIFY(!isSameSecret("abc", "ab"));
        QVERIFY(!isSameSecret("", "a"));
    }
};

QTEST_GUILESS_MAIN(TestAdminToken)
#include "tst_admintoken.moc"
