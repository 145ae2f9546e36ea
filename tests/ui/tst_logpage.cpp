#include "tests/ui/windowtest.h"
#include "ui/pages/logpage.h"
#include "ui/widgets/datatable.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>

using namespace odin;

class TestLogPage : public WindowTest
{
    Q_OBJECT
private:
    /// The page reads the log with each new snapshot.
    void say(int count, QtMsgType level = QtInfoMsg)
    {
        for (int i = 0; i < count; ++i) {
            const auto number = m_gateway->logged.size() + 1;
            m_gateway->logged.push_back({.timestampMs = 1'700'000'000'000,
                                         .level = level,
                                         .category = "odin.hub",
                                         .text = QStringLiteral("line %1").arg(number),
                                         .number = number});
        }
        m_gateway->say(m_gateway->next());
    }

    DataTable *open()
    {
        show();
        openPage(QStringLiteral("Log"));
        return m_window->findChild<LogPage *>()->findChild<DataTable *>();
    }

    static bool isAtTheEnd(const DataTable *table)
    {
        return table->verticalScrollBar()->value() == table->verticalScrollBar()->maximum();
    }

private Q_SLOTS:
    void followsUntilToldNotTo();
    void showsWhatIsAskedFor();
    void savesWhatItShows();
};

void TestLogPage::followsUntilToldNotTo()
{
    say(200);
    auto *table = open();
    QCOMPARE(table->model()->rowCount(), 200);
    QTRY_VERIFY_WITH_TIMEOUT(isAtTheEnd(table), patience);
    say(50);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 250, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isAtTheEnd(table), patience);

    auto *follow = named<QCheckBox>(QStringLiteral("Keep the newest line in sight"));
    QVERIFY(follow && follow->isChecked());
    follow->click();
    const int before = table->verticalScrollBar()->value();
    say(50);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 300, patience);
    QCOMPARE(table->verticalScrollBar()->value(), before);
    follow->click();
    QTRY_VERIFY_WITH_TIMEOUT(isAtTheEnd(table), patience);
}

void TestLogPage::showsWhatIsAskedFor()
{
    say(3);
    say(1, QtWarningMsg);
    auto *table = open();
    QTest::mouseClick(named<QPushButton>(QStringLiteral("Show lines from: Warnings")), Qt::LeftButton);
    QCOMPARE(table->model()->rowCount(), 1);
    QTest::mouseClick(named<QPushButton>(QStringLiteral("Show lines from: All")), Qt::LeftButton);
    QCOMPARE(table->model()->rowCount(), 4);
    QTest::keyClicks(named<QLineEdit>(QStringLiteral("Show lines with this text")), QStringLiteral("LINE 2"));
    QCOMPARE(table->model()->rowCount(), 1);
}

void TestLogPage::savesWhatItShows()
{
    say(2);
    say(1, QtCriticalMsg);
    auto *table = open();
    QTest::mouseClick(named<QPushButton>(QStringLiteral("Show lines from: Errors")), Qt::LeftButton);
    const auto lines = table->csv().split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 3); // headers, one line, the end
    QVERIFY2(lines[1].endsWith(QStringLiteral(",error,odin.hub,line 3")), qPrintable(lines[1]));
}

QTEST_MAIN(TestLogPage)
#include "moc_windowtest.cpp"
#include "tst_logpage.moc"
