// Files for a bus of another's: what is wrong with them is said before anybody connects.
#include "core/feed/bussecurity.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

namespace {

const QByteArray credentials = "-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n"
                               "-----BEGIN USER NKEY SEED-----\ny\n------END USER NKEY SEED------\n";

} // namespace

class TestBusSecurity : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const char *name, const QByteArray &content, QFile::Permissions more = {})
    {
        QFile made(m_folder.filePath(QString::fromLatin1(name)));
        (void)made.open(QIODevice::WriteOnly);
        made.write(content);
        made.setPermissions(QFile::ReadOwner | QFile::WriteOwner | more);
        return made.fileName();
    }

    QString problem(const BusSecurity &security)
    {
        const auto checked = checkBusSecurity(security);
        return checked ? QString() : checked.error().text;
    }

private Q_SLOTS:
    void nothingIsGood() { QCOMPARE(problem({}), QString()); }

    void checksCredentials()
    {
        QCOMPARE(problem({file("good", credentials), {}, {}, {}}), QString());
        QVERIFY(problem({file("open", credentials, QFile::ReadOther), {}, {}, {}})
                    .contains(QLatin1String("others can read")));
        QVERIFY(problem({file("other", "hello"), {}, {}, {}}).contains(QLatin1String("is not a credentials file")));
        QVERIFY(problem({QStringLiteral("/nowhere/creds"), {}, {}, {}})
                    .contains(QLatin1String("/nowhere/creds cannot be read")));
    }

    void checksCertificates()
    {
        const auto nonsense = file("nonsense", "hello");
        QVERIFY(problem({{}, nonsense, {}, {}}).contains(nonsense));
        QVERIFY(
            problem({{}, QStringLiteral("/nowhere/ca"), {}, {}}).contains(QLatin1String("/nowhere/ca cannot be read")));
        QVERIFY(problem({{}, {}, nonsense, nonsense}).contains(QLatin1String("cannot be used")));
        const auto open = file("openkey", "hello", QFile::ReadGroup);
        QVERIFY(problem({{}, {}, nonsense, open}).contains(QLatin1String("others can read")));
    }
};

QTEST_GUILESS_MAIN(TestBusSecurity)
#include "tst_bussecurity.moc"
