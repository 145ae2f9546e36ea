// An operator's morning: the real gateway, the real window, a client in a browser's place, and what is done with the
// mouse and the keyboard shows at the client.
#include "tests/app/consoletest.h"
#include "tests/core/shard/testclient.h"
#include "tests/ui/finding.h"
#include "ui/pages/loadtestpage.h"
#include "ui/widgets/datatable.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>

using namespace odin;
using namespace Qt::StringLiterals;

class TestConsole : public ConsoleTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        show({u"--tokens=BTC,ETH"_s, u"--interval=100-200"_s});
        const QUrl url(m_gateway->snapshot()->addresses.ws);
        m_client = std::make_unique<TestClient>(quint16(url.port()));
        QVERIFY(m_client->isConnected && m_client->open("?tokens=*"));
        QTRY_VERIFY_WITH_TIMEOUT(told("price:update", "BTC") > 0, patience);
    }

    void cleanup()
    {
        m_client.reset();
        close();
    }

    void aTokenSwitchedOffIsStaleAndSwitchedOnIsLive()
    {
        openPage(*m_window, u"Simulator"_s);
        auto *table = named<DataTable>(*m_window, u"Tokens of the simulator"_s);
        QVERIFY(table);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        // How often it speaks has to be known before its silence can be told.
        QTRY_VERIFY_WITH_TIMEOUT(expectedMs("BTC") > 0, patience);
        const auto row = rowWith(*table, u"BTC"_s);
        clickSwitch(*table, row);
        QTRY_VERIFY_WITH_TIMEOUT(told("feed:stale", "BTC") == 1, patience);
        QCOMPARE(told("feed:stale", "ETH"), 0);
        clickSwitch(*table, row);
        QTRY_VERIFY_WITH_TIMEOUT(told("feed:live", "BTC") == 1, patience);
    }

    void aLoadTestRunsToItsVerdict()
    {
        openPage(*m_window, u"Load test"_s);
        auto *page = m_window->findChild<LoadTestPage *>();
        named<QLineEdit>(*page, u"Clients of each step"_s)->setText(u"20,50"_s);
        named<QSpinBox>(*page, u"Seconds for which each step is held"_s)->setValue(1);
        QTest::mouseClick(named<QPushButton>(*page, u"Start the load test"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_gateway->snapshot()->clients >= 50, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!page->test().isUnderWay(), patience);
        auto *steps = page->findChild<DataTable *>();
        QCOMPARE(steps->model()->rowCount(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(m_gateway->snapshot()->clients, 1, patience); // it left nobody behind
    }

    void aClientIsDisconnected()
    {
        openPage(*m_window, u"Clients"_s);
        auto *table = named<DataTable>(*m_window, u"Clients"_s);
        QVERIFY(table);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!table->model()->index(0, 0).data().toString().isEmpty(), patience);
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QMessageBox *>(), patience);
        QVERIFY(!m_client->isGone()); // not before it is confirmed
        QTest::mouseClick(withText<QPushButton>(*m_window->findChild<QMessageBox *>(), u"Disconnect"_s),
                          Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_client->closeCode, 4006, patience);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, patience);
    }

private:
    qsizetype told(const char *type, const char *token) const
    {
        const auto all = m_client->of(type);
        return std::ranges::count_if(all, [&](const auto &m) { return m["tokenId"_L1] == QLatin1String(token); });
    }

    qint64 expectedMs(const QByteArray &token) const
    {
        const auto snapshot = m_gateway->snapshot();
        const auto found = std::ranges::find(snapshot->tokens, token, &TokenRow::token);
        return found == snapshot->tokens.end() ? 0 : found->expectedMs;
    }

    static int rowWith(const DataTable &table, const QString &text)
    {
        for (int row = 0; row < table.model()->rowCount(); ++row) {
            for (int column = 0; column < table.model()->columnCount(); ++column) {
                if (table.model()->index(row, column).data().toString() == text)
                    return row;
            }
        }
        return -1;
    }

    static void clickSwitch(const DataTable &table, int row)
    {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                          table.visualRect(table.model()->index(row, 0)).center());
    }

    std::unique_ptr<TestClient> m_client;
};

QTEST_MAIN(TestConsole)
#include "moc_consoletest.cpp"
#include "tst_console.moc"
