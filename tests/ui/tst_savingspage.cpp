#include "tests/ui/windowtest.h"
#include "ui/charts/barchart.h"
#include "ui/models/savingsmodel.h"
#include "ui/pages/savingspage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace odin;

class TestSavingsPage : public WindowTest
{
    Q_OBJECT
private:
    SavingsPage *open()
    {
        show();
        openPage(QStringLiteral("Savings"));
        return m_window->findChild<SavingsPage *>();
    }
    void connectClients(int count)
    {
        auto snapshot = m_gateway->next();
        snapshot.clients = count;
        snapshot.deliveriesPerSecond = 3.0 * count;
        snapshot.bytesPerSecond = 600.0 * count;
        snapshot.cpuPercent = 10;
        snapshot.residentBytes = 80'000'000;
        m_gateway->say(snapshot);
    }
    QString dollars(int column) const
    {
        const auto *model = named<DataTable>(QStringLiteral("Savings"))->model();
        return model->index(model->rowCount() - 1, column).data().toString();
    }

private Q_SLOTS:
    void nothingIsMadeUp();
    void measuresAndExtrapolates();
    void assumptionsAreEditedAndRemembered();
    void exports();
    void saysWhyItCannotExport();
};

void TestSavingsPage::nothingIsMadeUp()
{
    open();
    QCOMPARE(dollars(SavingsModel::Polling), QStringLiteral("$3,000"));
    QCOMPARE(dollars(SavingsModel::Push), QStringLiteral("–"));
    QCOMPARE(dollars(SavingsModel::PushNow), QStringLiteral("–"));
    const auto *said =
        withText<QLabel>(QStringLiteral("Nothing measured: no client was connected during the last minute."));
    QVERIFY(said && said->isVisible());
    for (const auto &input : savingsInputs()) // what is assumed looks like a field
        QVERIFY2(named<QDoubleSpinBox>(input.name), qPrintable(input.name));
}

// 200 clients for 0.1 cores and 80 MB: 2.74 dollars; 100,000 for 500 times that.
void TestSavingsPage::measuresAndExtrapolates()
{
    connectClients(200);
    open();
    QCOMPARE(dollars(SavingsModel::PollingNow), QStringLiteral("$6"));
    QCOMPARE(dollars(SavingsModel::PushNow), QStringLiteral("$2.74"));
    QCOMPARE(dollars(SavingsModel::Push), QStringLiteral("$1,370"));
    QVERIFY(withText<QLabel>(QStringLiteral("54.3% less money than polling")));
    const auto &bars = named<BarChart>(QStringLiteral("Chart of the savings"))->bars();
    QCOMPARE(bars.last().value, QStringLiteral("$1,370 /month"));
    connectClients(0);
    // The mean of the two seconds: half as many clients, half of them idle.
    QTRY_COMPARE_WITH_TIMEOUT(
        named<DataTable>(QStringLiteral("Savings"))->model()->index(0, SavingsModel::PushNow).data().toString(),
        QStringLiteral("100"), patience);
}

void TestSavingsPage::assumptionsAreEditedAndRemembered()
{
    open();
    auto *users = named<QDoubleSpinBox>(QStringLiteral("Users"));
    auto *edit = users->findChild<QLineEdit *>();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("5000"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(dollars(SavingsModel::Polling), QStringLiteral("$150"));
    m_window.reset();
    open();
    QCOMPARE(named<QDoubleSpinBox>(QStringLiteral("Users"))->value(), 5'000.0);
    QCOMPARE(dollars(SavingsModel::Polling), QStringLiteral("$150"));
    named<QPushButton>(QStringLiteral("Set all assumptions back to their defaults"))->click();
    QCOMPARE(dollars(SavingsModel::Polling), QStringLiteral("$3,000"));
}

void TestSavingsPage::exports()
{
    connectClients(200);
    auto *page = open();
    const auto path = m_settings.filePath(QStringLiteral("savings.csv"));
    QVERIFY(page->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = QString::fromUtf8(file.readAll());
    QVERIFY(text.contains(QStringLiteral("Users,100000,,from the original analysis")));
    QVERIFY(text.contains(QStringLiteral("$2.74")));
    const auto picture = m_settings.filePath(QStringLiteral("savings.png"));
    QVERIFY(named<BarChart>(QStringLiteral("Chart of the savings"))->tools().exportTo(picture));
    QVERIFY(!QImage(picture).isNull());
}

void TestSavingsPage::saysWhyItCannotExport()
{
    auto *page = open();
    QVERIFY(!page->exportTo(m_settings.filePath(QStringLiteral("no/folder/savings.csv"))));
    auto *banner = page->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->sentence().contains(QStringLiteral("was not written")), qPrintable(banner->sentence()));
    QVERIFY(page->exportTo(m_settings.filePath(QStringLiteral("savings.csv"))));
    QVERIFY(!banner->isVisible());
}

QTEST_MAIN(TestSavingsPage)
#include "moc_windowtest.cpp"
#include "tst_savingspage.moc"
