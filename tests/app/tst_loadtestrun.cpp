// The page of the load test against the real thing: this process' gateway and its simulator, with odin-loadtest beside
// them.
#include "app/localoperator.h"
#include "ui/pages/loadtestpage.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/widgets/banner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

class TestLoadTestRun : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000; // ms; a broker starts, and clients are held

    template<class Widget>
    Widget *at(const char *accessibleName) const
    {
        for (auto *widget : m_page->findChildren<Widget *>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName))
                return widget;
        }
        return nullptr;
    }

    void startGateway()
    {
        Options options;
        options.tokens = {"BTC", "ETH", "SOL", "DOGE"};
        options.intervalMin = std::chrono::milliseconds(50);
        options.intervalMax = std::chrono::milliseconds(100);
        options.stateFolder = m_folder.filePath(QStringLiteral("state"));
        m_gateway = std::make_unique<LocalOperator>(options);
        const auto failure = m_gateway->start();
        QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_gateway->snapshot()->addresses.ws.isEmpty() && m_gateway->snapshot()->updatesPerSecond > 0, patience);
    }

    void openPage()
    {
        m_page = std::make_unique<LoadTestPage>(QStringLiteral(ODIN_LOADTEST),
                                                m_folder.filePath(QStringLiteral("certificates")));
        m_page->show();
        m_page->present(m_gateway->snapshot(), m_history);
    }

    QTemporaryDir m_folder;
    GatewayHistory m_history;
    std::unique_ptr<LocalOperator> m_gateway;
    std::unique_ptr<LoadTestPage> m_page;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        applyTheme(ThemeChoice::Dark);
        startGateway();
    }

    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_gateway.reset(); }

    void aRamp()
    {
        openPage();
        at<QLineEdit>("Clients of each step")->setText(QStringLiteral("20, 50"));
        at<QSpinBox>("Seconds for which each step is held")->setValue(2);
        for (const char *limit :
             {"Limit of the median latency in milliseconds", "Limit of the 99th percentile in milliseconds"})
            at<QSpinBox>(limit)->setValue(30'000); // what is measured here is not how fast this machine is
        QTest::mouseClick(at<QPushButton>("Start the load test"), Qt::LeftButton);
        QVERIFY(m_page->test().isUnderWay());
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, 50, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->test().isUnderWay(), patience);

        const auto *result = m_page->test().result();
        QVERIFY2(result, qPrintable(m_page->findChild<Banner *>()->sentence()));
        QCOMPARE(result->steps.size(), 2U);
        const auto &last = result->steps.back();
        QCOMPARE(std::tuple(last.clients, last.open, last.lost, last.dropped), std::tuple(50, 50, 0LL, 0LL));
        QCOMPARE(last.verdict(), LoadTestVerdict::Met);
        QVERIFY(last.delivery.count > 0 && last.updatesPerSecond > 0);
        QVERIFY(last.gateway && last.gateway->shards >= 1);
        QVERIFY(m_page->test().series().open.size() >= 2);
        QVERIFY(m_page->findChild<Banner *>()->sentence().contains(QStringLiteral("up to 50 clients")));

        const auto report = QJsonDocument::fromJson(result->report).object();
        QCOMPARE(report.value(u"steps").toArray().size(), 2);
        QVERIFY(result->html.startsWith(QStringLiteral("<!DOCTYPE html>")));
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, 0, patience); // it left nobody behind
    }

    void withThePageTheTestEnds()
    {
        openPage();
        at<QLineEdit>("Clients of each step")->setText(QStringLiteral("30"));
        at<QSpinBox>("Seconds for which each step is held")->setValue(600);
        QTest::mouseClick(at<QPushButton>("Start the load test"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, 30, patience);
        m_page.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, 0, patience);
    }

    void aTargetThatDoesNotAnswer()
    {
        openPage();
        at<QLineEdit>("WebSocket address of the gateway to be tested")
            ->setText(m_gateway->snapshot()->addresses.ws + u'x');
        at<QLineEdit>("Clients of each step")->setText(QStringLiteral("5"));
        QTest::mouseClick(at<QPushButton>("Start the load test"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->test().isUnderWay(), patience);
        const auto said = m_page->findChild<Banner *>()->sentence();
        QVERIFY2(said.contains(QStringLiteral("HTTP status 404")), qPrintable(said));
    }
};

QTEST_MAIN(TestLoadTestRun)
#include "tst_loadtestrun.moc"
