// odin-console: the operator's window with the gateway inside; --no-gui runs the same without a window.
#include "app/headless.h"
#include "app/signals.h"
#include "app/startup.h"
#include "core/base/log.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>

namespace {

int runWithWindow(int argc, char **argv, const odin::Options &options)
{
    const QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("odin-console"));
    QApplication::setApplicationDisplayName(QStringLiteral("Odin Console"));
    odin::Signals signals;
    odin::LocalOperator gateway(options);
    // Not quit(): it asks the window first, and the window asks its user while clients are connected.
    QObject::connect(&signals, &odin::Signals::stopAsked, qApp, [] { QCoreApplication::exit(0); });
    QObject::connect(&gateway, &odin::LocalOperator::serving, &gateway, [&] { odin::announce(gateway, options); });
    if (const auto failure = gateway.start()) {
        qCCritical(odin::lcApp).noquote() << failure->text;
        return failure->exitCode;
    }
    odin::applyTheme(odin::ThemeChoice::Dark);
    odin::MainWindow window(gateway);
    window.show();
    const int code = QApplication::exec();
    gateway.stop();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto started = odin::startUp(arguments, QStringLiteral("odin-console"), odin::consoleSettingsFile());
    if (const auto *exit = std::get_if<odin::ExitNow>(&started))
        return exit->code;
    const auto &options = std::get<odin::Options>(started);
    if (options.gui && odin::hasDisplay())
        return runWithWindow(argc, argv, options);
    if (options.gui)
        qCInfo(odin::lcApp, "no display here: running without a window, as with --no-gui");
    const QCoreApplication application(argc, argv);
    return odin::runHeadless(options);
}
