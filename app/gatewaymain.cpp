// odin-gateway: the headless program for servers and containers.
#include "app/headless.h"
#include "app/startup.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto started = odin::startUp(QCoreApplication::arguments().mid(1), QStringLiteral("odin-gateway"));
    if (const auto *exit = std::get_if<odin::ExitNow>(&started))
        return exit->code;
    return odin::runHeadless(std::get<odin::Options>(started));
}
