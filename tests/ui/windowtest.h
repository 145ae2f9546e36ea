// What the tests of the window share: a window on a fake gateway, with settings of its own.
// Thread: main. Owner: each test class inherits it.
#pragma once

#include "tests/ui/fakegateway.h"
#include "tests/ui/finding.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QAction>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace odin {

class WindowTest : public QObject
{
    Q_OBJECT
protected:
    static constexpr int patience = 20'000; // ms; far more than a busy machine needs

    void show()
    {
        m_window = std::make_unique<MainWindow>(*m_gateway);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), patience));
    }

    void openPage(const QString &title) { odin::openPage(*m_window, title); }

    template<class Widget>
    Widget *named(const QString &accessibleName) const
    {
        return odin::named<Widget>(*m_window, accessibleName);
    }

    template<class Widget>
    Widget *withText(const QString &text) const
    {
        return odin::withText<Widget>(*m_window, text);
    }

    QTemporaryDir m_settings;
    std::unique_ptr<FakeGateway> m_gateway;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_settings.isValid());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    void init()
    {
        consoleSettings().clear();
        applyTheme(ThemeChoice::Dark);
        m_gateway = std::make_unique<FakeGateway>();
        auto snapshot = simulating(m_gateway->next());
        snapshot.addresses = {.page = QStringLiteral("http://127.0.0.1:8080/"),
                              .ws = QStringLiteral("ws://127.0.0.1:8080/ws"),
                              .admin = QStringLiteral("http://127.0.0.1:8081/")};
        m_gateway->say(snapshot);
    }

    void cleanup()
    {
        m_window.reset();
        m_gateway.reset();
    }
};

} // namespace odin
