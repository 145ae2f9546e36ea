#include "tests/ui/windowtest.h"
#include "ui/charts/timechart.h"
#include "ui/pages/logpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/toggleswitch.h"

#include <QLabel>
#include <QPushButton>

using namespace odin;

class TestDashboard : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void bannerSaysWhatIsWrong();
    void switchTellsTheGateway();
    void switchByKeyboard();
    void refusedSwitchFallsBack();
    void allOffAndAllOn();
    void chartWindowIsRemembered();
    void saysWhoIsHurting();
    void eventsLeadToTheLog();
    void aPictureThatCannotBeWrittenIsTold();
};

void TestDashboard::bannerSaysWhatIsWrong()
{
    show();
    const auto problem = QStringLiteral("NATS does not answer: is it running?");
    auto *banner = m_window->findChild<Banner *>();
    QVERIFY(!banner->isVisible());
    auto snapshot = m_gateway->next();
    snapshot.upstream.state = UpstreamState::Reconnecting;
    snapshot.upstream.detail = problem;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(named<Banner>(QStringLiteral("Down: ") + problem), patience);
    QVERIFY(named<Banner>(QStringLiteral("Down: ") + problem)->isVisible());
    snapshot.upstream = {.state = UpstreamState::Live, .epoch = {}, .detail = {}, .url = {}};
    snapshot.takenMs += 1'000;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(!named<Banner>(QStringLiteral("Down: ") + problem), patience);
    QVERIFY(named<QWidget>(QStringLiteral("Gateway: Live")));
}

void TestDashboard::switchTellsTheGateway()
{
    show();
    auto *toggle = named<ToggleSwitch>(QStringLiteral("Simulate BTC"));
    QVERIFY(toggle && toggle->isChecked());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"BTC", false}}));
    QVERIFY(!toggle->isChecked());
}

void TestDashboard::switchByKeyboard()
{
    show();
    auto *toggle = named<ToggleSwitch>(QStringLiteral("Simulate ETH"));
    QVERIFY(toggle && !toggle->isChecked());
    QVERIFY(toggle->focusPolicy() & Qt::TabFocus);
    QTest::keyClick(toggle, Qt::Key_Space);
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"ETH", true}}));
    QVERIFY(toggle->isChecked());
}

void TestDashboard::refusedSwitchFallsBack()
{
    show();
    m_gateway->refusal = QStringLiteral("the simulator is not running");
    auto *toggle = named<ToggleSwitch>(QStringLiteral("Simulate BTC"));
    QTest::mouseClick(toggle, Qt::LeftButton);
    QVERIFY(toggle->isChecked());
    auto *banner = named<Banner>(QStringLiteral("BTC: ") + m_gateway->refusal);
    QVERIFY(banner && banner->isVisible());
    m_gateway->refusal.clear();
    QTest::mouseClick(toggle, Qt::LeftButton);
    QVERIFY(!banner->isVisible());
}

void TestDashboard::allOffAndAllOn()
{
    show();
    auto *all = withText<QPushButton>(QStringLiteral("All off"));
    QVERIFY(all);
    all->click();
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"BTC", false}}));
    QCOMPARE(all->text(), QStringLiteral("All on"));
    m_gateway->switched.clear();
    all->click();
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"BTC", true}, {"ETH", true}}));
}

void TestDashboard::chartWindowIsRemembered()
{
    const auto bar = QStringLiteral("Charts show the last"); // other pages have bars of their own
    show();
    named<ChoiceBar>(bar)->choose(2);
    show();
    QCOMPARE(named<ChoiceBar>(bar)->chosen(), 2);
    m_window.reset();
    consoleSettings().setValue(QStringLiteral("dashboard/window"), 77); // from another version
    show();
    QCOMPARE(named<ChoiceBar>(bar)->chosen(), 0);
}

void TestDashboard::saysWhoIsHurting()
{
    show();
    QVERIFY(withText<QLabel>(QStringLiteral("slow clients 0")));
    auto snapshot = m_gateway->next();
    snapshot.clientsThinned = 12;
    snapshot.clientsCatchingUp = 3;
    snapshot.conflated = 41'000; // since the snapshot before
    snapshot.closes = {{"too slow", 2}};
    snapshot.staleTokens = 1;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(withText<QLabel>(QStringLiteral("slow clients 12")), patience);
    QVERIFY(withText<QLabel>(QStringLiteral("resuming 3")));
    QVERIFY(withText<QLabel>(QStringLiteral("replaced 41,000 in a minute")));
    QVERIFY(withText<QLabel>(QStringLiteral("closed 2 in a minute")));
    QVERIFY(withText<QLabel>(QStringLiteral("silent tokens 1")));
    QCOMPARE(withText<QLabel>(QStringLiteral("slow clients 12"))->property("tone").toString(),
             QStringLiteral("warning"));
    QCOMPARE(withText<QLabel>(QStringLiteral("lost 0"))->property("tone").toString(), QStringLiteral("muted"));
}

void TestDashboard::eventsLeadToTheLog()
{
    m_gateway->logged = {
        {m_gateway->snapshot()->takenMs, QtWarningMsg, "odin.http", QStringLiteral("no certificate"), 1}};
    show();
    auto snapshot = m_gateway->next();
    snapshot.simulator->tokens.front().on = false;
    m_gateway->say(snapshot);
    auto *events = named<DataTable>(QStringLiteral("Recent events"));
    const auto newest = [&] { return events->model()->index(0, 1).data().toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(newest(), QStringLiteral("Simulator: BTC switched off"), patience);
    QVERIFY(events->csv().contains(QStringLiteral("no certificate")));
    QVERIFY(events->isVisible());
    QTest::mouseClick(events->viewport(), Qt::LeftButton, {},
                      events->visualRect(events->model()->index(0, 1)).center());
    QVERIFY(!events->isVisible());
    QVERIFY(m_window->findChild<LogPage *>()->isVisible());
}

void TestDashboard::aPictureThatCannotBeWrittenIsTold()
{
    show();
    auto *chart = named<TimeChart>(QStringLiteral("Chart of the connected clients"));
    QVERIFY(!chart->tools().exportTo(m_settings.filePath(QStringLiteral("no/folder/clients.png"))));
    Banner *told = nullptr;
    for (auto *banner : m_window->findChildren<Banner *>()) {
        if (banner->sentence().contains(QStringLiteral("was not written")))
            told = banner;
    }
    QVERIFY(told && told->isVisible());
    QVERIFY(chart->tools().exportTo(m_settings.filePath(QStringLiteral("clients.png"))));
    QVERIFY(!told->isVisible());
}

QTEST_MAIN(TestDashboard)
#include "moc_windowtest.cpp"
#include "tst_dashboard.moc"
