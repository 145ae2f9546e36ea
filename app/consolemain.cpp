// odin-console: the operator's window with the gateway inside; --no-gui runs the same without a window.
#include "app/headless.h"
#include "app/restart.h"
#include "app/secrets.h"
#include "app/signals.h"
#include "app/startup.h"
#include "app/tokencommand.h"
#include "core/base/log.h"
#include "ui/mainwindow.h"
#include "ui/startfailuredialog.h"
#include "ui/theme.h"

#include <QApplication>

namespace {

using Way = odin::StartFailureDialog::Way;

/// Shows why, until its user has chosen a way on. Gives the exit code where that is the end.
int askForAWayOn(const odin::StartFailure &failure, const odin::Options &options, const QStringList &arguments)
{
    using OtherPorts = odin::StartFailureDialog::OtherPorts;
    const bool isPort = failure.exitCode == odin::exitcode::notPermitted;
    odin::StartFailureDialog dialog(failure.text, isPort ? OtherPorts::Help : OtherPorts::DoNotHelp);
    auto chosen = Way::Quit; // also when a signal ends the program
    QObject::connect(&dialog, &odin::StartFailureDialog::chosen, qApp, [&](Way way) {
        chosen = way;
        QCoreApplication::exit(0);
    });
    dialog.show();
    QApplication::exec();
    if (chosen == Way::Quit)
        return failure.exitCode;
    const auto more = chosen == Way::FreePorts ? odin::freePortFlags(options.listen, options.admin) : QStringList();
    qCCritical(odin::lcApp).noquote() << odin::restartWith(arguments + more).text;
    return odin::exitcode::failed;
}

int runWithWindow(int argc, char **argv, const odin::Options &options, const QStringList &arguments)
{
    const QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("odin-console"));
    QApplication::setApplicationDisplayName(QStringLiteral("Odin Console"));
    odin::Signals signals;
    odin::LocalOperator gateway(options);
    // Not quit(): it asks the window first, and the window asks its user while clients are connected.
    QObject::connect(&signals, &odin::Signals::stopAsked, qApp, [] { QCoreApplication::exit(0); });
    QObject::connect(&signals, &odin::Signals::reloadAsked, &gateway, &odin::LocalOperator::reload);
    QObject::connect(&gateway, &odin::LocalOperator::serving, &gateway, [&] { odin::announce(gateway, options); });
    odin::applyTheme(odin::ThemeChoice::Dark);
    odin::restoreTheme();
    if (const auto failure = gateway.start()) {
        qCCritical(odin::lcApp).noquote() << failure->text;
        gateway.stop();
        return askForAWayOn(*failure, options, arguments);
    }
    odin::MainWindow window(gateway);
    window.show();
    window.greet();
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
    odin::hideSecrets(argc, argv);
    if (!arguments.isEmpty() && arguments.first() == QLatin1String("token"))
        return odin::runTokenCommand(arguments.mid(1), QStringLiteral("odin-console"), odin::consoleSettingsFile());
    const auto started = odin::startUp(arguments, QStringLiteral("odin-console"), odin::consoleSettingsFile());
    if (const auto *exit = std::get_if<odin::ExitNow>(&started))
        return exit->code;
    const auto &options = std::get<odin::Options>(started);
    const auto noDisplay = odin::displayProblem();
    if (options.gui && noDisplay.isEmpty())
        return runWithWindow(argc, argv, options, arguments);
    if (options.gui)
        qCInfo(odin::lcApp).noquote() << "no display here:" << noDisplay
                                      << "- running without a window, as with --no-gui";
    const QCoreApplication application(argc, argv);
    return odin::runHeadless(options);
}
