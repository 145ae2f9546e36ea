#include "app/headless.h"

#include "app/signals.h"
#include "app/startup.h"
#include "core/base/log.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>

namespace odin {

namespace {

bool writeSecret(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text) == text.size() && file.commit();
}

} // namespace

void announce(const LocalOperator &gateway, const Options &options)
{
    if (const auto urls = gateway.busUrls(); !options.natsInfoFile.isEmpty() && !urls.isEmpty()) {
        if (!writeSecret(options.natsInfoFile, urls.first().toUtf8() + '\n'))
            qCCritical(lcApp).noquote() << "cannot write" << options.natsInfoFile << "for --nats-info";
    }
    std::fputs(gateway.readyLine().constData(), stdout);
    std::fflush(stdout);
}

int runHeadless(const Options &options)
{
    Signals signals;
    LocalOperator gateway(options);
    QObject::connect(&signals, &Signals::stopAsked, qApp, &QCoreApplication::quit);
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
