// The page of the load test, with a script in the place of odin-loadtest.
#include "tests/ui/fakeloadtest.h"
#include "tests/ui/windowtest.h"
#include "ui/charts/timechart.h"
#include "ui/pages/loadtestpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

using namespace odin;

class TestLoadTestPage : public WindowTest
{
    Q_OBJECT
private:
    static constexpr auto startButton = "Start the load test";

    /// The page alone, as the window shows it, on this console's gateway.
    void open(const QByteArray &script)
    {
        m_page =
            std::make_unique<LoadTestPage>(m_fake.program(script), m_settings.filePath(QStringLiteral("certificates")));
        m_page->resize(1104, 680);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), patience));
        m_page->present(m_gateway->snapshot(), m_history);
    }

    template<class Widget>
    Widget *at(const char *accessibleName) const
    {
        for (auto *widget : m_page->findChildren<Widget *>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName))
                return widget;
        }
        return nullptr;
    }

    void type(const char *field, const char *text) { at<QLineEdit>(field)->setText(QLatin1String(text)); }
    void startTest() { QTest::mouseClick(at<QPushButton>(startButton), Qt::LeftButton); }
    QString said() const { return m_page->findChild<Banner *>()->sentence(); }
    bool hasEnded() const { return !m_page->test().isUnderWay() && !said().isEmpty(); }

    FakeLoadTest m_fake;
    GatewayHistory m_history;
    std::unique_ptr<LoadTestPage> m_page;

private Q_SLOTS:
    void standsInTheWindow();
    void testsThisGatewayByDefault();
    void runsARampAndExportsIt();
    void saysWhyItCannotExport();
    void findsTheCapacity();
    void asksBeforeItTouchesRealPrices();
    void saysWhatIsWrongWithThePlan();
    void saysWhenTheLoadTesterIsNotThere();
    void stops();
    void goesOnUnseen();
    void remembersThePlan();
    void everyControlHasAName();
};

void TestLoadTestPage::standsInTheWindow()
{
    show();
    auto *button = named<QPushButton>(QStringLiteral("Load test"));
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_window->findChild<LoadTestPage *>()->isVisible());
}

void TestLoadTestPage::testsThisGatewayByDefault()
{
    open({});
    auto *url = at<QLineEdit>("WebSocket address of the gateway to be tested");
    QCOMPARE(url->text(), QStringLiteral("ws://127.0.0.1:8080/ws"));
    auto *admin = at<QLineEdit>("Admin address of that gateway");
    QCOMPARE(admin->text(), QStringLiteral("http://127.0.0.1:8081/"));
    url->setText(QStringLiteral("ws://127.0.0.1:9090/ws"));
    m_page->present(m_gateway->snapshot(), m_history);
    QCOMPARE(url->text(), QStringLiteral("ws://127.0.0.1:9090/ws")); // what was typed stays
    QCOMPARE(admin->text(), QString()); // ours would tell the CPU of another gateway
    url->setText(QStringLiteral("ws://127.0.0.1:8080/ws?tokens=BTC"));
    QCOMPARE(admin->text(), QStringLiteral("http://127.0.0.1:8081/"));
}

void TestLoadTestPage::runsARampAndExportsIt()
{
    open(m_fake.started() + m_fake.holding("$ramp") + m_fake.steps(m_fake.step("$ramp")));
    type("Clients of each step", "12");
    auto *start = at<QPushButton>(startButton);
    startTest();
    QVERIFY(!start->isEnabled());
    QCOMPARE(m_page->focusWidget(), at<QPushButton>("Stop the load test")); // the next thing that a key may do
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    QVERIFY2(said().contains(QStringLiteral("up to 12 clients")), qPrintable(said()));
    QVERIFY(start->isEnabled());
    auto *table = m_page->findChild<DataTable *>();
    QVERIFY(table->isVisible() && table->csv().contains(QStringLiteral("met")));
    QVERIFY(at<TimeChart>("Chart of the load test's connected clients")->scale().top() >= 12);

    const auto path = m_settings.filePath(QStringLiteral("report.html"));
    m_page->exportTo(LoadTestPage::Export::ReportPage, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("<p>page"));
}

void TestLoadTestPage::saysWhyItCannotExport()
{
    open(m_fake.steps(m_fake.step("7")));
    startTest();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    m_page->exportTo(LoadTestPage::Export::ReportJson, QStringLiteral("/dev/full/report.json"));
    QVERIFY2(said().contains(QStringLiteral("/dev/full/report.json was not written")), qPrintable(said()));
}

void TestLoadTestPage::findsTheCapacity()
{
    open("verdict=met; [ $ramp -gt 4 ] && verdict=missed\n" + m_fake.started()
         + m_fake.steps(m_fake.step("$ramp", "$verdict")));
    QTest::mouseClick(at<QPushButton>("Kind of test: Find capacity"), Qt::LeftButton);
    QVERIFY(!at<QLineEdit>("Clients of each step")->isVisible());
    at<QSpinBox>("Clients of the first probe")->setValue(4);
    startTest();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 3 * patience);
    QVERIFY2(said().startsWith(QStringLiteral("4 clients within the limits")), qPrintable(said()));
    QVERIFY(said().contains(QStringLiteral("The gateway's CPU")));
    const auto kept = QDir(m_settings.filePath(QStringLiteral("certificates"))).entryList(QDir::Files);
    QCOMPARE(kept.size(), 2);
    const auto path = m_settings.filePath(QStringLiteral("mine.json"));
    m_page->exportTo(LoadTestPage::Export::CertificateJson, path);
    QVERIFY(QFile::exists(path));
}

void TestLoadTestPage::asksBeforeItTouchesRealPrices()
{
    auto snapshot = m_gateway->next();
    snapshot.simulated = false;
    m_gateway->say(snapshot);
    open(m_fake.steps(m_fake.step("$ramp")));
    startTest();
    auto *question = m_page->findChild<QMessageBox *>();
    QVERIFY(question && question->isVisible());
    QVERIFY(question->text().contains(QStringLiteral("real prices")));
    QVERIFY(!m_page->test().isUnderWay());
    question->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_page->findChild<QMessageBox *>(), patience);
    QVERIFY(!m_page->test().isUnderWay());

    startTest();
    for (auto *button : m_page->findChild<QMessageBox *>()->buttons()) {
        if (button->text() == QStringLiteral("Start"))
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
}

void TestLoadTestPage::saysWhatIsWrongWithThePlan()
{
    open({});
    type("Clients of each step", "100, 50");
    startTest();
    QVERIFY(!m_page->test().isUnderWay());
    QVERIFY2(said().contains(QStringLiteral("rising list")), qPrintable(said()));
}

void TestLoadTestPage::saysWhenTheLoadTesterIsNotThere()
{
    open({});
    QFile::remove(m_fake.folder() + QStringLiteral("/odin-loadtest"));
    startTest();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    QVERIFY2(said().contains(QStringLiteral("it is not there")), qPrintable(said()));
}

void TestLoadTestPage::stops()
{
    open("trap 'exit 0' TERM\n" + m_fake.holding("$ramp") + "while :; do sleep 0.05; done");
    auto *stop = at<QPushButton>("Stop the load test");
    QVERIFY(!stop->isEnabled());
    type("Clients of each step", "5");
    startTest();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->test().reading().open, 5, patience);
    QTest::mouseClick(stop, Qt::LeftButton);
    QVERIFY(!stop->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    QVERIFY(at<QPushButton>(startButton)->isEnabled());
}

void TestLoadTestPage::goesOnUnseen()
{
    open(m_fake.holding("$ramp") + "sleep 0.3\n" + m_fake.steps(m_fake.step("$ramp")));
    type("Clients of each step", "40");
    startTest();
    m_page->hide();
    auto *chart = at<TimeChart>("Chart of the load test's connected clients");
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    QCOMPARE(m_page->test().series().open.size(), 1U);
    QVERIFY(chart->scale().top() < 40); // not drawn
    m_page->show();
    m_page->present(m_gateway->snapshot(), m_history);
    QVERIFY(chart->scale().top() >= 40);
}

void TestLoadTestPage::remembersThePlan()
{
    open(m_fake.steps(m_fake.step("$ramp")));
    type("Clients of each step", "3, 9");
    at<QSpinBox>("Limit of the 99th percentile in milliseconds")->setValue(77);
    startTest();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), patience);
    open({});
    QCOMPARE(at<QLineEdit>("Clients of each step")->text(), QStringLiteral("3, 9"));
    QCOMPARE(at<QSpinBox>("Limit of the 99th percentile in milliseconds")->value(), 77);
}

void TestLoadTestPage::everyControlHasAName()
{
    open({});
    for (auto *widget : m_page->findChildren<QWidget *>()) {
        const bool isPart =
            qobject_cast<QAbstractSpinBox *>(widget->parentWidget()) || widget->objectName().startsWith(u"qt_");
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && !isPart && widget->window() == m_page.get()) {
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(isNamed, widget->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestLoadTestPage)
#include "moc_windowtest.cpp"
#include "tst_loadtestpage.moc"
