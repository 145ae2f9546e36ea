// Certificates and keys: what a port may start with, and a clear refusal for everything else.
#include "core/model/types.h"
#include "core/shard/tlsidentity.h"
#include "tests/core/shard/testcertificates.h"

#include <QTest>

#include <unistd.h>

using namespace odin;

using KeyKind = TestCertificates::KeyKind;

class TestTlsIdentity : public QObject
{
    Q_OBJECT

private:
    TestCertificates m_certificates;
    TlsConfig m_good;

    TlsFault faultOf(const TlsConfig &files)
    {
        const auto loaded = TlsIdentity::load(files);
        const auto *fault = std::get_if<TlsFault>(&loaded);
        return fault ? *fault : TlsFault{QStringLiteral("(none)"), false};
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_good = m_certificates.make(QStringLiteral("good"));
    }

    void takes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("RSA") << int(KeyKind::Rsa);
        QTest::newRow("EC") << int(KeyKind::Ec);
    }

    void takes()
    {
        QFETCH(const int, kind);
        const auto files = m_certificates.make(QStringLiteral("taken"), {KeyKind(kind), -1, 20});
        const auto loaded = TlsIdentity::load(files);
        const auto *identity = std::get_if<TlsIdentityPtr>(&loaded);
        QVERIFY2(identity, qPrintable(faultOf(files).text));
        const auto days = double((*identity)->expiresMs() - wallMs()) / (24 * 3'600'000);
        QVERIFY(days > 19.9 && days < 20.1);
        QVERIFY((*identity)->text().startsWith(QLatin1String("CN=localhost, good until 20")));
    }

    void takesAChain()
    {
        const auto other = m_certificates.make(QStringLiteral("authority"), {KeyKind::Rsa, -1, 10, "Authority"});
        TestCertificates::write(m_good.certificateFile,
                                TestCertificates::read(m_good.certificateFile)
                                    + TestCertificates::read(other.certificateFile));
        const auto loaded = TlsIdentity::load(m_good);
        const auto *identity = std::get_if<TlsIdentityPtr>(&loaded);
        QVERIFY(identity);
        QVERIFY2(((*identity)->expiresMs() - wallMs()) / (24 * 3'600'000) < 11,
                 "the first of the chain to expire counts");
    }

    void refusesCertificates_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("until");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("expired") << int(KeyKind::Ec) << -10 << -1
                                 << QStringLiteral("has expired: the certificate of CN=localhost was good until");
        QTest::newRow("not yet valid") << int(KeyKind::Rsa) << 1 << 10 << QStringLiteral("is not valid yet");
        QTest::newRow("1024 bits") << int(KeyKind::SmallRsa) << -1 << 10
                                   << QStringLiteral("is not good enough for TLS: ee key too small");
    }

    void refusesCertificates()
    {
        QFETCH(const int, kind);
        QFETCH(const int, from);
        QFETCH(const int, until);
        QFETCH(const QString, sentence);
        const auto fault = faultOf(m_certificates.make(QStringLiteral("bad"), {KeyKind(kind), from, until}));
        QVERIFY2(fault.text.contains(sentence), qPrintable(fault.text));
        QVERIFY2(fault.text.contains(QLatin1String("bad.pem")), "it names the file");
        QVERIFY(!fault.isPermission);
    }

    void refusesFiles_data()
    {
        QTest::addColumn<bool>("isKey");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const QByteArray half = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        QTest::newRow("empty certificate") << false << QByteArray() << QStringLiteral("holds no certificate");
        QTest::newRow("DER") << false << QByteArray("\x30\x82\x01\x0a", 4) << QStringLiteral("holds no certificate");
        QTest::newRow("broken certificate") << false << half << QStringLiteral("cannot be read");
        QTest::newRow("huge certificate") << false << QByteArray(1'000'000, 'x') << QStringLiteral("is too large");
        QTest::newRow("empty key") << true << QByteArray() << QStringLiteral("holds no private key");
        QTest::newRow("a certificate as key") << true << half << QStringLiteral("holds no private key");
    }

    void refusesFiles()
    {
        QFETCH(const bool, isKey);
        QFETCH(const QByteArray, content);
        QFETCH(const QString, sentence);
        const auto &path = isKey ? m_good.keyFile : m_good.certificateFile;
        TestCertificates::write(path, content);
        const auto fault = faultOf(m_good);
        QVERIFY2(fault.text.startsWith(path) && fault.text.contains(sentence), qPrintable(fault.text));
    }

    void refusesAKeyThatIsAnothers()
    {
        TestCertificates::writeKey(m_good.keyFile, TestCertificates::newKey(KeyKind::Ec).get());
        QVERIFY2(faultOf(m_good).text.contains(QLatin1String("is not the key of the certificate")),
                 qPrintable(faultOf(m_good).text));
    }

    void refusesAPassphrase()
    {
        TestCertificates::writeKey(m_good.keyFile, TestCertificates::newKey(KeyKind::Ec).get(), "secret");
        QVERIFY2(faultOf(m_good).text.contains(QLatin1String("passphrase")), qPrintable(faultOf(m_good).text));
    }

    void refusesAKeyThatOthersCanRead_data()
    {
        QTest::addColumn<int>("reader");
        QTest::newRow("group") << int(QFile::ReadGroup);
        QTest::newRow("others") << int(QFile::ReadOther);
    }

    void refusesAKeyThatOthersCanRead()
    {
        QFETCH(const int, reader);
        QFile(m_good.keyFile).setPermissions(QFile::ReadOwner | QFile::Permission(reader));
        const auto fault = faultOf(m_good);
        QVERIFY2(fault.text.contains(QLatin1String("others can read"))
                     && fault.text.contains(QLatin1String("chmod 600")),
                 qPrintable(fault.text));
    }

    void saysWhichFileIsMissing()
    {
        QFile::remove(m_good.keyFile);
        const auto fault = faultOf(m_good);
        QVERIFY2(fault.text.startsWith(m_good.keyFile) && fault.text.contains(QLatin1String("cannot be read")),
                 qPrintable(fault.text));
        QVERIFY(!fault.isPermission);
    }

    void saysWhatIsNotPermitted()
    {
        if (::geteuid() == 0)
            QSKIP("root may read everything");
        QFile(m_good.certificateFile).setPermissions(QFile::WriteOwner);
        QVERIFY(faultOf(m_good).isPermission);
    }
};

QTEST_GUILESS_MAIN(TestTlsIdentity)
#include "tst_tlsidentity.moc"
