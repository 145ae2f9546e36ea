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

    void whoMayRead_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("owner");
        QTest::addColumn<int>("self");
        QTest::addColumn<bool>("open");
        const auto row = [](const char *name, int mode, int owner, int self, bool open) {
            QTest::newRow(name) << mode << owner << self << open;
        };
        row("mine", 0600, 1000, 1000, false);
        row("my group reads", 0640, 1000, 1000, true);
        row("my group writes", 0620, 1000, 1000, true);
        row("everybody reads", 0604, 1000, 1000, true);
        row("root's, I am root", 0600, 0, 0, false);
        row("root's, its group reads, I am root", 0640, 0, 0, true);
        row("a systemd credential", 0440, 0, 1000, false);
        row("root's for the group ssl-cert", 0640, 0, 1000, false);
        row("root's, the group writes", 0660, 0, 1000, true);
        row("root's, everybody reads", 0444, 0, 1000, true);
        row("another user's, the group reads", 0640, 1001, 1000, true);
    }

    void whoMayRead()
    {
        QFETCH(int, mode);
        QFETCH(int, owner);
        QFETCH(int, self);
        QFETCH(bool, open);
        QCOMPARE(isOpenToOthers(unsigned(mode), unsigned(owner), unsigned(self)), open);
    }

    void whatIsNotThereIsReadByNobody() { QVERIFY(!isReadByOthers(QStringLiteral("/nowhere/at/all"))); }
};

QTEST_APPLESS_MAIN(TestSecretFile)
#include "tst_secretfile.moc"
