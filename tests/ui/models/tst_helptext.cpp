#include "ui/models/helptext.h"

#include <QTest>

#include <algorithm>

using namespace odin;

class TestHelpText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasWhatItIsTold();
    void saysWhoCanOpenThePage_data();
    void saysWhoCanOpenThePage();
};

namespace {

QString whole(const std::vector<HelpSection> &sections)
{
    QString text;
    for (const auto &section : sections) {
        text += section.title + u'\n';
        for (const auto &[left, right] : section.rows)
            text += left + u'|' + right + u'\n';
        text += section.text + u'\n';
    }
    return text;
}

} // namespace

void TestHelpText::hasWhatItIsTold()
{
    HelpFacts facts;
    facts.pages = {{QStringLiteral("Log"), QStringLiteral("Ctrl+8")}, {QStringLiteral("Unheard of"), {}}};
    facts.actions = {{QStringLiteral("Find a command…"), QStringLiteral("Ctrl+K")}};
    facts.addresses = {QStringLiteral("http://127.0.0.1:1/"), QStringLiteral("ws://127.0.0.1:1/ws"),
                       QStringLiteral("http://127.0.0.1:2/")};
    facts.settingsFile = QStringLiteral("/home/me/settings.toml");
    facts.consoleFile = QStringLiteral("/home/me/console.ini");
    const auto text = whole(helpSections(facts));
    for (const char *part :
         {"Log  Ctrl+8|What the gateway says", "Unheard of|\n", "Ctrl+K|Find a command…", "Browser|http://127.0.0.1:1/",
          "ws://127.0.0.1:1/ws?tokens=", "--nats-info", "/home/me/settings.toml", "/home/me/console.ini",
          "http://127.0.0.1:2/metrics", "docs/api-spec.md"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
}

void TestHelpText::saysWhoCanOpenThePage_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("says");
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8080/") << QStringLiteral("0.0.0.0");
    QTest::newRow("loopback 6") << QStringLiteral("http://[::1]:8080/") << QStringLiteral("0.0.0.0");
    QTest::newRow("network") << QStringLiteral("http://192.0.2.7:8080/") << QStringLiteral("no TLS");
    QTest::newRow("network, who") << QStringLiteral("http://192.0.2.7:8080/") << QStringLiteral("token");
    QTest::newRow("network with TLS") << QStringLiteral("https://192.0.2.7:8443/") << QStringLiteral("Nobody on the way");
    QTest::newRow("none") << QString() << QStringLiteral("no address");
}

void TestHelpText::saysWhoCanOpenThePage()
{
    QFETCH(const QString, address);
    QFETCH(const QString, says);
    QVERIFY2(whoCanOpen(address).contains(says), qPrintable(whoCanOpen(address)));
}

QTEST_APPLESS_MAIN(TestHelpText)
#include "tst_helptext.moc"
