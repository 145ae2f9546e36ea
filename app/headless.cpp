#include "app/headless.h"

#include "app/signals.h"
#include "app/startup.h"
#include "core/base/log.h"
#include "core/base/wholefile.h"

#include <QCoreApplication>

#include <cstdio>

namespace odin {

void announce(const LocalOperator &gateway, const Options &options)
{
    if (const auto urls = gateway.busUrls(); !options.natsInfoFile.isEmpty() && !urls.isEmpty()) {
        const auto written = writeWholeFile(options.natsInfoFile, urls.first().toUtf8() + '\n', Readers::OwnerOnly);
        if (!written)
            qCCritical(lcApp).noquote() << "cannot write" << options.natsInfoFile
                                        << "for --nats-info:" << written.error().text;
    }
    std::fputs(gateway.readyLine().constData(), stdout);
    std::fflush(stdout);
}

int runHeadless(const Options &options)
{
    Signals signals;
    LocalOperator gateway(options);
    QObject::connect(&signals, &Signals::stopAsked, qApp, &QCoreApplication::quit);
    QObject::connect(&signals, &Signals::reloadAsked, &gateway, &LocalOperator::reload);
    QObject::connect(&gateway, &LocalOperator::serving, &gateway, [&] { announce(gateway, options); });
    if (const auto failure = gateway.start()) {
        qCCritical(lcApp).noquote() << failure->text;
        return failure->exitCode;
    }
    const int code = QCoreApplication::exec();
    qCInfo(lcApp, "stopping");
    gateway.stop();
    return code;
}

} // namespace odin
