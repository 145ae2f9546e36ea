// Help, first steps, the tray and what the window remembers.
#include "tests/ui/windowtest.h"
#include "ui/firststeps.h"
#include "ui/helpdialog.h"
#include "ui/models/helptext.h"
#include "ui/palette.h"
#include "ui/qr/qrview.h"
#include "ui/tray.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

using namespace odin;

class TestHelp : public WindowTest
{
    Q_OBJECT
private:
    static QString textOf(const QWidget &widget)
    {
        QString text;
        for (const auto *label : widget.findChildren<QLabel *>())
            text += label->text() + u'\n';
        return text;
    }

    QAction *action(const QString &text) const
    {
        for (auto *action : m_window->findChildren<QAction *>()) {
            if (action->text().remove(u'&') == text)
                return action;
        }
        return nullptr;
    }

    QString shownPage() const { return m_window->findChild<QStackedWidget *>()->currentWidget()->windowTitle(); }

private Q_SLOTS:
    void f1OpensHelp();
    void everyPageIsDescribed();
    void firstStepsComeOnce();
    void firstStepsSayWhatIsSimulated();
    void theTrayFollowsTheLamp();
    void theTrayHidesAndShows();
    void theTrayQuits();
    void thePageIsRemembered();
    void aDesktopThatChangesIsFollowed();
};

void TestHelp::f1OpensHelp()
{
    show();
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto *help = m_window->findChild<HelpDialog *>();
    QVERIFY(help && help->isVisible() && !help->isModal());
    const auto text = textOf(*help);
    for (const char *part :
         {"Dashboard  Ctrl+1", "Ctrl+K", "F1", "http://127.0.0.1:8080/", "--nats-info", "docs/api-spec.md"})
        QVERIFY2(text.contains(QString::fromLatin1(part)), part);
    QTest::keyClick(m_window.get(), Qt::Key_F1); // one is enough
    QCOMPARE(m_window->findChildren<HelpDialog *>().size(), 1);
    QTest::keyClick(help, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<HelpDialog *>(), patience);
}

void TestHelp::everyPageIsDescribed()
{
    show();
    const auto *pages = m_window->findChild<QStackedWidget *>();
    for (int i = 0; i < pages->count(); ++i)
        QVERIFY2(!pagePurpose(pages->widget(i)->windowTitle()).isEmpty(), qPrintable(pages->widget(i)->windowTitle()));
}

void TestHelp::firstStepsComeOnce()
{
    show();
    QVERIFY(!m_window->findChild<FirstSteps *>()); // only main() greets
    m_window->greet();
    auto *steps = m_window->findChild<FirstSteps *>();
    QVERIFY(steps && steps->isVisible() && !steps->isModal());
    QTest::keyClick(steps, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<FirstSteps *>(), patience);
    m_window->greet();
    QVERIFY(!m_window->findChild<FirstSteps *>());
    action(QStringLiteral("First steps"))->trigger(); // again when asked for
    QVERIFY(m_window->findChild<FirstSteps *>());
}

void TestHelp::firstStepsSayWhatIsSimulated()
{
    show();
    action(QStringLiteral("First steps"))->trigger();
    auto *steps = m_window->findChild<FirstSteps *>();
    QVERIFY(textOf(*steps).contains(QStringLiteral("2 tokens are simulated")));
    QVERIFY(textOf(*steps).contains(QStringLiteral("--nats-info")));
    QVERIFY(steps->findChild<QrView *>()->isVisible());
    QCOMPARE(steps->findChild<QrView *>()->accessibleName(), QStringLiteral("QR code of http://127.0.0.1:8080/"));
    QGuiApplication::clipboard()->clear();
    for (auto *button : steps->findChildren<QPushButton *>()) {
        if (button->accessibleName() == QStringLiteral("Copy the address"))
            button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:8080/"));

    auto snapshot = m_gateway->next();
    snapshot.simulated = false;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(*steps).contains(QStringLiteral("No price is simulated")), patience);
}

void TestHelp::theTrayFollowsTheLamp()
{
    show();
    const auto *tray = m_window->findChild<Tray *>();
    QCOMPARE(tray->text(), QStringLiteral("Odin Console: Live, 0 clients"));
    m_window->hide(); // then the tray is all there is
    auto snapshot = m_gateway->next();
    snapshot.clients = 1;
    snapshot.upstream.state = UpstreamState::Reconnecting;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(tray->text().startsWith(QStringLiteral("Odin Console: Down, 1 client\nNATS is gone")),
                             patience);
}

void TestHelp::theTrayHidesAndShows()
{
    show();
    const auto &menu = m_window->findChild<Tray *>()->menu();
    auto *turn = menu.actions().first();
    turn->trigger();
    QVERIFY(!m_window->isVisible());
    Q_EMIT const_cast<QMenu &>(menu).aboutToShow();
    QCOMPARE(turn->text(), QStringLiteral("Show the window"));
    turn->trigger();
    QVERIFY(m_window->isVisible());
}

void TestHelp::theTrayQuits()
{
    show();
    m_window->hide();
    m_window->findChild<Tray *>()->menu().actions().last()->trigger();
    QVERIFY(!m_window->isVisible());
}

void TestHelp::thePageIsRemembered()
{
    show();
    action(QStringLiteral("Log"))->trigger();
    m_window.reset();
    show();
    QCOMPARE(shownPage(), QStringLiteral("Log"));
    QVERIFY(action(QStringLiteral("Log"))->isChecked());
    QVERIFY(named<QPushButton>(QStringLiteral("Log"))->isChecked());
    QVERIFY(!named<QPushButton>(QStringLiteral("Dashboard"))->isChecked());
}

void TestHelp::aDesktopThatChangesIsFollowed()
{
    show();
    applyTheme(ThemeChoice::System);
    qApp->setStyleSheet({}); // what a change of theme leaves of ours does not matter
    QEvent change(QEvent::ThemeChange);
    QCoreApplication::sendEvent(m_window.get(), &change);
    QTRY_VERIFY_WITH_TIMEOUT(!qApp->styleSheet().isEmpty(), patience);

    applyTheme(ThemeChoice::Dark); // chosen: the desktop has no say
    QCoreApplication::sendEvent(m_window.get(), &change);
    QCoreApplication::processEvents();
    QCOMPARE(colours().background, darkPalette.background);
}

QTEST_MAIN(TestHelp)
#include "moc_windowtest.cpp"
#include "tst_help.moc"
