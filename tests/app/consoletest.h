// What the tests of the whole console share: the window over a gateway and a bus of its own, as in the program.
// Thread: main. Owner: each test class inherits it, and ends what it shows with close().
#pragma once

#include "app/localoperator.h"
#include "app/startup.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace odin {

class ConsoleTest : public QObject
{
    Q_OBJECT
protected:
    static constexpr int patience = 120'000; // ms; far more than a busy machine needs

    void show(const QStringList &more = {})
    {
        const auto started =
            startUp(QStringList{QStringLiteral("--listen=127.0.0.1:0"), QStringLiteral("--admin=127.0.0.1:0"),
                                QStringLiteral("--state-dir=") + m_folder.path(), QStringLiteral("--log-level=error")}
                        + more,
                    QStringLiteral("odin-test"));
        const auto *options = std::get_if<Options>(&started);
        QVERIFY(options);
        m_gateway = std::make_unique<LocalOperator>(*options);
        const auto failure = m_gateway->start();
        QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
        m_window = std::make_unique<MainWindow>(*m_gateway);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), patience));
        QTRY_VERIFY_WITH_TIMEOUT(m_gateway->snapshot()->updates > 0, patience);
    }

    void close()
    {
        m_window.reset();
        m_gateway.reset();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<LocalOperator> m_gateway;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        applyTheme(ThemeChoice::Dark);
    }
};

} // namespace odin
