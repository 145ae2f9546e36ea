#include "tests/ui/windowtest.h"
#include "ui/palette.h"
#include "ui/widgets/meter.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

using namespace odin;

class TestMainWindow : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void comesWithItsNumbers();
    void followsTheGateway();
    void aHiddenWindowCatchesUp();
    void badgeOnlyWhileSimulated();
    void everythingThatTakesFocusHasAName();
    void fitsOnASmallScreen();
    void pagesHaveShortcuts();
    void clickCopiesTheAddress();
    void themeIsSwitchedAndRemembered();
    void geometryIsRemembered();

private:
    QString meter(const QString &caption) const;
    QAction *action(const QString &text) const;
};

QString TestMainWindow::meter(const QString &caption) const
{
    for (const auto *meter : m_window->findChildren<Meter *>()) {
        if (meter->accessibleName().startsWith(caption + u':'))
            return meter->value();
    }
    return {};
}

QAction *TestMainWindow::action(const QString &text) const
{
    for (auto *action : m_window->findChildren<QAction *>()) {
        if (action->text().remove(u'&') == text)
            return action;
    }
    return nullptr;
}

void TestMainWindow::comesWithItsNumbers()
{
    auto snapshot = m_gateway->next();
    snapshot.clients = 5'000;
    snapshot.updatesPerSecond = 3.4;
    snapshot.deliveriesPerSecond = 16'902;
    snapshot.gateway = {.p50Ms = 4.1, .p90Ms = 8, .p99Ms = 11.8, .maxMs = 19.4, .count = 100};
    snapshot.uptime = std::chrono::hours(52) + std::chrono::minutes(11);
    m_gateway->say(snapshot);
    show();
    QCOMPARE(meter(QStringLiteral("Clients")), QStringLiteral("5,000"));
    QCOMPARE(meter(QStringLiteral("Updates in")), QStringLiteral("3.4 /s"));
    QCOMPARE(meter(QStringLiteral("Deliveries out")), QStringLiteral("16,902 /s"));
    QCOMPARE(meter(QStringLiteral("p99 latency")), QStringLiteral("11.8 ms"));
    QCOMPARE(meter(QStringLiteral("Lost")), QStringLiteral("0"));
    QCOMPARE(meter(QStringLiteral("NATS")), QStringLiteral("connected"));
    QCOMPARE(meter(QStringLiteral("Uptime")), QStringLiteral("2 d 04:11"));
    QVERIFY(named<QWidget>(QStringLiteral("Gateway: Live")));
}

void TestMainWindow::followsTheGateway()
{
    show();
    auto snapshot = m_gateway->next();
    snapshot.clients = 12;
    snapshot.lost = 3;
    m_gateway->say(snapshot);
    QTRY_COMPARE_WITH_TIMEOUT(meter(QStringLiteral("Clients")), QStringLiteral("12"), patience);
    QCOMPARE(meter(QStringLiteral("Lost")), QStringLiteral("3"));
}

void TestMainWindow::aHiddenWindowCatchesUp()
{
    show();
    m_window->hide();
    auto snapshot = m_gateway->next();
    snapshot.clients = 34;
    m_gateway->say(snapshot);
    m_window->show();
    QCOMPARE(meter(QStringLiteral("Clients")), QStringLiteral("34"));
}

void TestMainWindow::badgeOnlyWhileSimulated()
{
    show();
    const auto *badge = withText<QLabel>(QStringLiteral("SIMULATED"));
    QVERIFY(badge && badge->isVisible());
    auto snapshot = m_gateway->next();
    snapshot.simulated = false;
    m_gateway->say(snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(!badge->isVisible(), patience);
}

void TestMainWindow::everythingThatTakesFocusHasAName()
{
    auto snapshot = m_gateway->next();
    snapshot.upstream.state = UpstreamState::Error; // so that the banner is there too
    m_gateway->say(snapshot);
    show();
    int seen = 0;
    for (auto *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        ++seen;
        auto *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(),
                 qPrintable(QLatin1String(widget->metaObject()->className()) + QStringLiteral(" in ")
                            + QLatin1String(widget->parentWidget()->metaObject()->className())));
    }
    QVERIFY(seen >= 9); // navigation, three windows of time, banner, all off, two switches, the address
}

void TestMainWindow::fitsOnASmallScreen()
{
    show();
    const auto least = m_window->minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 700,
             qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
}

void TestMainWindow::pagesHaveShortcuts()
{
    show();
    auto *dashboard = action(QStringLiteral("Dashboard"));
    QVERIFY(dashboard && dashboard->isChecked());
    QCOMPARE(dashboard->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_1));
    auto *button = named<QPushButton>(QStringLiteral("Dashboard"));
    button->click(); // the page that is shown already
    QVERIFY(button->isChecked() && dashboard->isChecked());
}

void TestMainWindow::clickCopiesTheAddress()
{
    show();
    QGuiApplication::clipboard()->clear();
    named<QPushButton>(QStringLiteral("Copy the page's address http://127.0.0.1:8080/"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:8080/"));
}

void TestMainWindow::themeIsSwitchedAndRemembered()
{
    show();
    QVERIFY(action(QStringLiteral("Dark theme"))->isChecked());
    action(QStringLiteral("Light theme"))->trigger();
    QCOMPARE(m_window->palette().color(QPalette::Window), lightPalette.background);

    m_window.reset();
    applyTheme(ThemeChoice::Dark); // as the program does before it makes its window
    show();
    QCOMPARE(currentTheme(), ThemeChoice::Light);
    QVERIFY(action(QStringLiteral("Light theme"))->isChecked());
}

void TestMainWindow::geometryIsRemembered()
{
    show();
    m_window->resize(m_window->minimumSizeHint() + QSize(11, 13));
    const auto size = m_window->size();
    m_window.reset();
    m_window = std::make_unique<MainWindow>(*m_gateway);
    QCOMPARE(m_window->height(), size.height());
}

QTEST_MAIN(TestMainWindow)
#include "moc_windowtest.cpp"
#include "tst_mainwindow.moc"
