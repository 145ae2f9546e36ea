// `odin-gateway token`: what it understands, what it makes, and with which exit code it refuses.
#include "app/tokencommand.h"
#include "core/model/types.h"
#include "core/security/keyfile.h"
#include "core/security/tokencheck.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace odin;

namespace {

QStringList words(const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

struct Run
{
    int code = -1;
    QByteArray output, errors;
};

Run run(const QStringList &arguments, const QStringList &variables = {})
{
    QProcess program;
    QStringList environment;
    for (const auto &variable : QProcess::systemEnvironment()) {
        if (!variable.startsWith(QLatin1String("ODIN_")))
            environment.append(variable);
    }
    program.setEnvironment(environment + variables);
    program.start(QStringLiteral(ODIN_GATEWAY), QStringList{QStringLiteral("token")} + arguments);
    if (!program.waitForFinished(60'000))
        return {};
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

} // namespace

class TestTokenCommand : public QObject
{
    Q_OBJECT

    const QTemporaryDir m_folder;

    QStringList stateFolder() const
    {
        return {QStringLiteral("--state-dir"), m_folder.filePath(QStringLiteral("state"))};
    }
    QString ownKey() const { return m_folder.filePath(QStringLiteral("state/token-key.json")); }

    std::variant<Identity, TokenFault> checked(const QByteArray &token, const QString &keyFile,
                                               const ClaimRules &rules = {}) const
    {
        return checkedToken(token.trimmed(), keysInFile(keyFile)->keys, rules, wallMs());
    }

private Q_SLOTS:
    void understands()
    {
        const auto command = parseTokenCommand(words(
            "--sub alice --ttl=15m --role operator --prices BTC,ETH --iss i --aud a --jti j --key f --state-dir d"));
        QVERIFY(command.ok());
        QCOMPARE(command->order.subject, QStringLiteral("alice"));
        QCOMPARE(command->order.life, std::chrono::milliseconds(900'000));
        QCOMPARE(command->order.role, Role::Operator);
        QCOMPARE(command->order.prices->size(), std::size_t(2));
        QCOMPARE(command->order.issuer, QStringLiteral("i"));
        QCOMPARE(command->order.audience, QStringLiteral("a"));
        QCOMPARE(command->order.id, QStringLiteral("j"));
        QCOMPARE(command->keyFile, QStringLiteral("f"));
        QCOMPARE(command->others, words("--state-dir d"));
    }

    void ttl_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seconds"); // 0: refused
        const auto row = [](const char *text, qint64 seconds) {
            QTest::newRow(text) << QString::fromLatin1(text) << seconds;
        };
        row("30s", 30);
        row("15m", 900);
        row("1h", 3600);
        row("7d", 604'800);
        row("30d", 2'592'000);
        row("31d", 0);
        row("721h", 0);
        row("0s", 0);
        row("-1h", 0);
        row("1", 0);
        row("h", 0);
        row("1w", 0);
        row("1.5h", 0);
        row("1 h", 0);
        row("9223372036854775807d", 0);
        row("99999999999999999999s", 0);
    }

    void ttl()
    {
        QFETCH(QString, text);
        QFETCH(qint64, seconds);
        const auto command = parseTokenCommand({QStringLiteral("--sub=alice"), QStringLiteral("--ttl"), text});
        QCOMPARE(command.ok(), seconds > 0);
        if (command.ok())
            QCOMPARE(command->order.life, std::chrono::milliseconds(seconds * 1000));
    }

    void usage_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"", "--sub alice", "--ttl 1h", "--sub alice --ttl", "--sub= --ttl 1h",
                                 "--sub alice --ttl 1h --role admin", "--sub alice --ttl 1h --prices B.C",
                                 "--sub alice --ttl 1h --nonsense", "--sub alice --ttl 1h extra"})
            QTest::newRow(*line ? line : "nothing") << QString::fromLatin1(line);
    }

    void usage()
    {
        QFETCH(QString, line);
        const auto refused = run(line.split(QLatin1Char(' '), Qt::SkipEmptyParts) + stateFolder());
        QCOMPARE(refused.code, exitcode::usage);
        QVERIFY(refused.output.isEmpty());
        QVERIFY(refused.errors.startsWith("odin: "));
    }

    void aSubjectThatNoGatewayTakes()
    {
        QCOMPARE(run({QStringLiteral("--sub"), QString(300, QLatin1Char('x')), QStringLiteral("--ttl=1h")}).code,
                 exitcode::usage);
        QCOMPARE(run({QStringLiteral("--sub"), QStringLiteral("a\nb"), QStringLiteral("--ttl=1h")}).code,
                 exitcode::usage);
    }

    void makesATokenOfItsOwn()
    {
        const auto made = run(words("--sub alice --ttl 1h --prices BTC,ETH --role operator --jti j-1") + stateFolder());
        QCOMPARE(made.code, 0);
        QCOMPARE(made.output.count('\n'), 1);
        const auto verdict = checked(made.output, ownKey());
        QVERIFY(std::holds_alternative<Identity>(verdict));
        const auto &identity = std::get<Identity>(verdict);
        QCOMPARE(identity.subject, "alice");
        QCOMPARE(identity.tokenId, "j-1");
        QCOMPARE(identity.role, Role::Operator);
        QVERIFY(identity.mayRead("BTC") && !identity.mayRead("SOL"));
        QCOMPARE(identity.expiresMs - identity.issuedMs, 3'600'000);
    }

    void everyTokenHasItsOwnName()
    {
        const auto one = checked(run(words("--sub alice --ttl 1h") + stateFolder()).output, ownKey());
        const auto other = checked(run(words("--sub alice --ttl 1h") + stateFolder()).output, ownKey());
        QVERIFY(!std::get<Identity>(one).tokenId.isEmpty());
        QVERIFY(std::get<Identity>(one).tokenId != std::get<Identity>(other).tokenId);
    }

    void theGatewaysSettingsCount()
    {
        const auto made = run(words("--sub alice --ttl 1h --aud here"),
                              {QStringLiteral("ODIN_STATE_DIR=") + m_folder.filePath(QStringLiteral("state")),
                               QStringLiteral("ODIN_AUTH_ISSUER=odin")});
        QVERIFY(std::holds_alternative<Identity>(
            checked(made.output, ownKey(), {QStringLiteral("odin"), QStringLiteral("here")})));
    }

    void signsWithAnotherKey_data()
    {
        QTest::addColumn<QStringList>("openssl");
        QTest::addColumn<QByteArray>("algorithm");
        QTest::newRow("RSA") << words("genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048")
                             << QByteArray("RS256");
        QTest::newRow("P-256") << words("genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
                               << QByteArray("ES256");
        QTest::newRow("P-521") << words("genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-521")
                               << QByteArray("ES512");
        QTest::newRow("ecparam") << words("ecparam -genkey -name secp384r1") << QByteArray("ES384");
    }

    void signsWithAnotherKey()
    {
        QFETCH(QStringList, openssl);
        QFETCH(QByteArray, algorithm);
        const auto path = m_folder.filePath(QString::fromLatin1(algorithm) + QStringLiteral(".pem"));
        QFile::remove(path);
        QCOMPARE(QProcess::execute(QStringLiteral("openssl"), openssl + QStringList{QStringLiteral("-out"), path}), 0);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        const auto made = run(words("--sub alice --ttl 1h --key") + QStringList(path));
        QCOMPARE(made.code, 0);
        const auto header = QByteArray::fromBase64(made.output.split('.').first(), QByteArray::Base64UrlEncoding);
        QVERIFY(header.contains("\"" + algorithm + "\""));
        QVERIFY(std::holds_alternative<Identity>(checked(made.output, path)));
    }

    void aKeyThatOthersCanRead()
    {
        QCOMPARE(run(words("--sub alice --ttl 1h") + stateFolder()).code, 0);
        const auto path = QFile::encodeName(ownKey());
        ::chmod(path.constData(), 0644);
        const auto refused = run(words("--sub alice --ttl 1h") + stateFolder());
        ::chmod(path.constData(), 0600);
        QCOMPARE(refused.code, exitcode::badConfig);
        QVERIFY(refused.output.isEmpty());
        QVERIFY(refused.errors.contains("chmod 600"));
    }

    void aKeyThatIsNotThere()
    {
        QCOMPARE(run(words("--sub alice --ttl 1h --key /nonexistent/key.pem")).code, exitcode::notPermitted);
        QCOMPARE(run(words("--sub alice --ttl 1h --state-dir /proc/odin")).code, exitcode::notPermitted);
    }

    void aKeyThatIsNone()
    {
        const auto path = m_folder.filePath(QStringLiteral("rubbish"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("rubbish") > 0);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(run(words("--sub alice --ttl 1h --key") + QStringList(path)).code, exitcode::badConfig);
    }

    void helps()
    {
        const auto help = run({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        for (const char *flag : {"--sub", "--ttl", "--role", "--prices", "--iss", "--aud", "--jti", "--key"})
            QVERIFY(help.output.contains(flag));
    }
};

QTEST_GUILESS_MAIN(TestTokenCommand)
#include "tst_tokencommand.moc"
