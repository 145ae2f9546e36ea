// odin-gateway: the headless program for servers and containers.
#include "app/headless.h"
#include "app/secrets.h"
#include "app/startup.h"
#include "app/tokencommand.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    odin::hideSecrets(argc, argv);
    const QCoreApplication application(argc, argv);
    if (!arguments.isEmpty() && arguments.first() == QLatin1String("token"))
        return odin::runTokenCommand(arguments.mid(1), QStringLiteral("odin-gateway"));
    const auto started = odin::startUp(arguments, QStringLiteral("odin-gateway"));
    if (const auto *exit = std::get_if<odin::ExitNow>(&started))
        return exit->code;
    return odin::runHeadless(std::get<odin::Options>(started));
}
