#include "ui/models/csv.h"

#include <QStandardItemModel>
#include <QTest>

using namespace odin;

class TestCsv : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fields_data();
    void fields();
    void tableInTheGivenOrder();
    void onlyTheGivenRows();
};

void TestCsv::fields_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QString &text, const QString &field) {
        QTest::newRow(name) << text << field;
    };
    row("plain", QStringLiteral("BTC"), QStringLiteral("BTC"));
    row("empty", {}, {});
    row("comma", QStringLiteral("64,218.42"), QStringLiteral("\"64,218.42\""));
    row("quote", QStringLiteral("a \"b\""), QStringLiteral("\"a \"\"b\"\"\""));
    row("line break", QStringLiteral("a\nb"), QStringLiteral("\"a\nb\""));
    row("a formula is text", QStringLiteral("=1+1"), QStringLiteral("'=1+1"));
    row("a command is text", QStringLiteral("@SUM(A1,A2)"), QStringLiteral("\"'@SUM(A1,A2)\""));
    row("a negative number stays one", QStringLiteral("-3"), QStringLiteral("-3"));
}

void TestCsv::fields()
{
    QFETCH(QString, text);
    QTEST(csvField(text), "field");
}

namespace {

QStandardItemModel &table()
{
    static QStandardItemModel model(2, 2);
    model.setHorizontalHeaderLabels({QStringLiteral("Token"), QStringLiteral("Price")});
    model.setItem(0, 0, new QStandardItem(QStringLiteral("BTC")));
    model.setItem(0, 1, new QStandardItem(QStringLiteral("64,218.42")));
    model.setItem(1, 0, new QStandardItem(QStringLiteral("ETH")));
    model.setItem(1, 1, new QStandardItem(QStringLiteral("3.00")));
    return model;
}

} // namespace

void TestCsv::tableInTheGivenOrder()
{
    QCOMPARE(csvOf(table(), {1, 0}), QStringLiteral("Price,Token\r\n\"64,218.42\",BTC\r\n3.00,ETH\r\n"));
    QCOMPARE(csvOf(table(), {0}), QStringLiteral("Token\r\nBTC\r\nETH\r\n"));
}

void TestCsv::onlyTheGivenRows() { QCOMPARE(csvOf(table(), {0}, {1}), QStringLiteral("Token\r\nETH\r\n")); }

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
