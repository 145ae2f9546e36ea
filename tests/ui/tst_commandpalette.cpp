#include "tests/ui/windowtest.h"
#include "ui/commandpalette.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>

using namespace odin;

class TestCommandPalette : public WindowTest
{
    Q_OBJECT
private:
    CommandPalette *palette() const { return m_window->findChild<CommandPalette *>(); }

    QLineEdit *open()
    {
        show();
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        return named<QLineEdit>(QStringLiteral("Find a command"));
    }

    /// Opens it, types this and presses Return.
    void run(const QString &typed)
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto *field = named<QLineEdit>(QStringLiteral("Find a command"));
        QTest::keyClicks(field, typed);
        QTest::keyClick(field, Qt::Key_Return);
    }

    QStringList titles() const
    {
        QStringList list;
        const auto *model = named<QListView>(QStringLiteral("Commands"))->model();
        for (int row = 0; row < model->rowCount(); ++row)
            list.append(model->index(row, 0).data().toString());
        return list;
    }

    QString shownPage() const { return m_window->findChild<QStackedWidget *>()->currentWidget()->windowTitle(); }

private Q_SLOTS:
    void opensAndClosesByKeyboard();
    void knowsEveryPageAndAction();
    void goesToAPage();
    void offersWhatThePageOffers();
    void switchesTokens();
    void saysWhyATokenIsNotSwitched();
    void movesByArrows();
    void copiesTheAddress();
};

void TestCommandPalette::opensAndClosesByKeyboard()
{
    show();
    auto *before = named<QPushButton>(QStringLiteral("Charts show the last: 15 min"));
    before->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *field = named<QLineEdit>(QStringLiteral("Find a command"));
    QVERIFY(palette()->isVisible());
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!palette()->isVisible());
    QVERIFY(before->hasFocus());
}

void TestCommandPalette::knowsEveryPageAndAction()
{
    open();
    const auto all = titles();
    const auto *pages = m_window->findChild<QStackedWidget *>();
    for (int i = 0; i < pages->count(); ++i)
        QVERIFY2(all.contains(pages->widget(i)->windowTitle()), qPrintable(pages->widget(i)->windowTitle()));
    for (const char *title : {"Light theme", "Copy the page's address", "Help", "First steps", "Quit",
                              "Simulate all tokens", "Switch BTC off", "Switch ETH on"})
        QVERIFY2(all.contains(QString::fromLatin1(title)), title);
}

void TestCommandPalette::goesToAPage()
{
    show();
    run(QStringLiteral("pric"));
    QCOMPARE(shownPage(), QStringLiteral("Prices"));
    QVERIFY(!palette()->isVisible());
    run(QStringLiteral("light"));
    QCOMPARE(currentTheme(), ThemeChoice::Light);
}

void TestCommandPalette::offersWhatThePageOffers()
{
    show();
    run(QStringLiteral("prices"));
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY2(titles().contains(QStringLiteral("Export as CSV…")), qPrintable(titles().join(u'\n')));
    QCOMPARE(titles().count(QStringLiteral("Export as CSV…")), 1); // of this page's table, of no other's
    QTest::keyClick(named<QLineEdit>(QStringLiteral("Find a command")), Qt::Key_Escape);
    QGuiApplication::clipboard()->clear();
    run(QStringLiteral("copyascsv"));
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Token,")));
}

void TestCommandPalette::switchesTokens()
{
    show();
    run(QStringLiteral("btc off"));
    QCOMPARE(m_gateway->switched.size(), 1u);
    QCOMPARE(m_gateway->switched[0], (std::pair<QByteArray, bool>("BTC", false)));
    run(QStringLiteral("simulate no"));
    QCOMPARE(m_gateway->switched.size(), 3u);
    QCOMPARE(m_gateway->switched[2], (std::pair<QByteArray, bool>("ETH", false)));
}

void TestCommandPalette::saysWhyATokenIsNotSwitched()
{
    show();
    m_gateway->refusal = QStringLiteral("the simulator is not running");
    run(QStringLiteral("btc off"));
    QCOMPARE(m_window->findChild<QStatusBar *>()->currentMessage(), m_gateway->refusal);
}

void TestCommandPalette::movesByArrows()
{
    auto *field = open();
    const auto *list = named<QListView>(QStringLiteral("Commands"));
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(field, Qt::Key_Up); // not past the first
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 2);
    QCOMPARE(field->accessibleDescription(), list->currentIndex().data(Qt::AccessibleTextRole).toString());
    QTest::keyClicks(field, QStringLiteral("zzzz"));
    QTest::keyClick(field, Qt::Key_Return); // nothing to run
    QVERIFY(palette()->isVisible());
}

void TestCommandPalette::copiesTheAddress()
{
    show();
    QGuiApplication::clipboard()->clear();
    run(QStringLiteral("copy address"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:8080/"));
}

QTEST_MAIN(TestCommandPalette)
#include "moc_windowtest.cpp"
#include "tst_commandpalette.moc"
