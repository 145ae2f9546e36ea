#include "tests/ui/windowtest.h"
#include "ui/charts/timechart.h"
#include "ui/pages/pricespage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

#include <csignal>

#include <sys/resource.h>

using namespace odin;

class TestPrices : public WindowTest
{
    Q_OBJECT
private:
    /// The page with BTC, ETH and DOGE, as an operator opens it.
    DataTable *open()
    {
        auto snapshot = m_gateway->next();
        snapshot.tokens = {{.token = "BTC", .price = 64'218.42, .seq = 7},
                           {.token = "DOGE", .price = 0.12, .seq = 900},
                           {.token = "ETH", .price = 3'400, .seq = 80}};
        m_gateway->say(snapshot);
        show();
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        return m_window->findChild<PricesPage *>()->findChild<DataTable *>();
    }

    static QStringList names(const DataTable *table)
    {
        QStringList names;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            names.append(table->model()->index(row, TokensModel::Token).data().toString());
        return names;
    }

private Q_SLOTS:
    void showsWhatTheGatewayKnows();
    void saysWhenThereIsNothing();
    void filters();
    void sortsByNumbersOnAClick();
    void copiesTheChosenRows();
    void exports();
    void saysWhyItCannotExport();
    void aFullDiskLeavesTheEarlierExportWhole();
    void columnsAreChosenAndRemembered();
    void chartIsOfTheChosenToken();
    void chartSaysWhenThereIsNothing();
};

void TestPrices::showsWhatTheGatewayKnows()
{
    auto *table = open();
    QVERIFY(table->isVisible());
    QCOMPARE(names(table), QStringList({QStringLiteral("BTC"), QStringLiteral("DOGE"), QStringLiteral("ETH")}));
    auto snapshot = m_gateway->next();
    snapshot.tokens.front().price = 65'000;
    m_gateway->say(snapshot);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, TokensModel::Price).data().toString(),
                              QStringLiteral("65,000.00"), patience);
}

void TestPrices::saysWhenThereIsNothing()
{
    auto snapshot = m_gateway->next();
    snapshot.tokens.clear();
    m_gateway->say(snapshot);
    show();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    auto *said =
        withText<QLabel>(QStringLiteral("No price yet: nothing has been published, or NATS is not connected."));
    QVERIFY(said && said->isVisible());
}

void TestPrices::filters()
{
    auto *table = open();
    auto *filter = named<QLineEdit>(QStringLiteral("Show tokens with this in their name"));
    QVERIFY(filter);
    QTest::keyClicks(filter, QStringLiteral("t"));
    QCOMPARE(names(table), QStringList({QStringLiteral("BTC"), QStringLiteral("ETH")}));
    QVERIFY(withText<QLabel>(QStringLiteral("2 of 3 tokens")));
    QTest::keyClicks(filter, QStringLiteral("*("));
    QVERIFY(withText<QLabel>(QStringLiteral("No token has this in its name."))->isVisible());
}

void TestPrices::sortsByNumbersOnAClick()
{
    auto *table = open();
    table->sortByColumn(TokensModel::Sequence, Qt::DescendingOrder);
    QCOMPARE(names(table), QStringList({QStringLiteral("DOGE"), QStringLiteral("ETH"), QStringLiteral("BTC")}));
    auto snapshot = m_gateway->next();
    snapshot.tokens.front().seq = 5'000;
    m_gateway->say(snapshot);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(2, TokensModel::Sequence).data().toString(),
                              QStringLiteral("5,000"), patience);
    QCOMPARE(names(table).back(), QStringLiteral("BTC")); // it stays under the cursor
}

void TestPrices::copiesTheChosenRows()
{
    auto *table = open();
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const auto copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(QStringLiteral("Token,Price,24 h")), qPrintable(copied));
    QCOMPARE(copied.count(QStringLiteral("\r\n")), 2);
    QVERIFY(copied.contains(QStringLiteral("DOGE")));
}

void TestPrices::exports()
{
    auto *table = open();
    const auto path = m_settings.filePath(QStringLiteral("prices.csv"));
    QVERIFY(table->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), table->csv().toUtf8());
}

void TestPrices::saysWhyItCannotExport()
{
    auto *table = open();
    QVERIFY(!table->exportTo(QStringLiteral("/dev/full/prices.csv")));
    auto *banner = m_window->findChild<PricesPage *>()->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->sentence().contains(QStringLiteral("was not written")), qPrintable(banner->sentence()));
}

/// What a full disk does, without filling one: a file may not grow.
void TestPrices::aFullDiskLeavesTheEarlierExportWhole()
{
    auto *table = open();
    const auto path = m_settings.filePath(QStringLiteral("whole.csv"));
    QVERIFY(table->exportTo(path));
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, SIG_IGN); // write() fails instead
    const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &none), 0);
    const bool exported = table->exportTo(path);
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!exported);
    auto *banner = m_window->findChild<PricesPage *>()->findChild<Banner *>();
    QVERIFY2(banner->sentence().contains(QStringLiteral("make room")), qPrintable(banner->sentence()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), table->csv().toUtf8());
    QCOMPARE(QDir(m_settings.path()).entryList({QStringLiteral("whole*")}).size(), 1); // nothing half written beside it
}

void TestPrices::columnsAreChosenAndRemembered()
{
    auto *table = open();
    Q_EMIT table->menu()->findChild<QMenu *>()->aboutToShow();
    for (auto *action : table->menu()->findChild<QMenu *>()->actions()) {
        if (action->text() == QStringLiteral("Volume"))
            action->trigger();
    }
    QVERIFY(table->isColumnHidden(TokensModel::Volume));
    QVERIFY(!table->csv().contains(QStringLiteral("Volume")));
    table->setColumnWidth(TokensModel::Price, 177);
    m_window.reset();
    table = open();
    QVERIFY(table->isColumnHidden(TokensModel::Volume));
    QCOMPARE(table->columnWidth(TokensModel::Price), 177);
}

void TestPrices::chartIsOfTheChosenToken()
{
    auto *table = open();
    auto *chart = named<TimeChart>(QStringLiteral("Chart of the price BTC")); // the first, until one is chosen
    QVERIFY(chart && chart->isVisible());
    QVERIFY(chart->scale().base < 64'218.42 && chart->scale().top() > 64'218.42 && chart->scale().base > 60'000);
    auto snapshot = m_gateway->next();
    snapshot.tokens[2].price = 3'500;
    snapshot.tokens[2].seq = 81;
    m_gateway->say(snapshot);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(2, TokensModel::Price).data().toString(),
                              QStringLiteral("3,500.00"), patience);
    table->setCurrentIndex(table->model()->index(2, 0));
    QCOMPARE(chart->accessibleName(), QStringLiteral("Chart of the price ETH"));
    QVERIFY(chart->scale().base <= 3'400 && chart->scale().base > 3'000 && chart->scale().top() >= 3'500);
    QTest::keyClick(chart, Qt::Key_End);
    QVERIFY2(chart->reading().endsWith(QStringLiteral("price 3,500.00")), qPrintable(chart->reading()));
    QTest::keyClick(chart, Qt::Key_Left);
    QVERIFY2(chart->reading().endsWith(QStringLiteral("price 3,400.00")), qPrintable(chart->reading()));
}

void TestPrices::chartSaysWhenThereIsNothing()
{
    auto snapshot = m_gateway->next();
    snapshot.tokens.clear();
    m_gateway->say(snapshot);
    show();
    openPage(QStringLiteral("Prices"));
    auto *chart = named<TimeChart>(QStringLiteral("Chart of the price"));
    QVERIFY(chart && chart->isVisible());
    QTest::keyClick(chart, Qt::Key_End);
    QVERIFY(chart->reading().isEmpty());
}

QTEST_MAIN(TestPrices)
#include "moc_windowtest.cpp"
#include "tst_prices.moc"
