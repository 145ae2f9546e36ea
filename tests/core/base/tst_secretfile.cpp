// Whether a file with a secret is one.
#include "core/base/secretfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

class TestSecretFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAtWhoMayRead_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("owner") << 0 << false;
        QTest::newRow("owner writes") << int(QFile::WriteOwner) << false;
        QTest::newRow("group") << int(QFile::ReadGroup) << true;
        QTest::newRow("group writes") << int(QFile::WriteGroup) << true;
        QTest::newRow("others") << int(QFile::ReadOther) << true;
        QTest::newRow("others execute") << int(QFile::ExeOther) << true;
    }

    void looksAtWhoMayRead()
    {
        QFETCH(const int, more);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("secret")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::Permission(more)));
        QTEST(isReadByOthers(file.fileName()), "isRead");
    }

    void whatIsNotThereIsReadByNobody() { QVERIFY(!isReadByOthers(QStringLiteral("/nowhere/at/all"))); }
};

QTEST_APPLESS_MAIN(TestSecretFile)
#include "tst_secretfile.moc"
