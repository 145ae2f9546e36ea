#include "core/feed/bussecurity.h"

#include "core/base/secretfile.h"
#include "core/feed/failure.h"
#include "core/feed/natsptr.h"
#include "core/feed/natssecurity.h"
#include "core/model/limits.h"

#include <QFile>

namespace odin {

using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> contentOf(const QString &path, const char *option)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{u"%1 cannot be read: %2 (%3)"_s.arg(path, file.errorString(), QLatin1String(option))};
    return file.read(limits::keySetBytesMax);
}

Result<Done> checkSecret(const QString &path, const char *option)
{
    if (!path.isEmpty() && isReadByOthers(path))
        return Error{u"%1 is a secret that others can read: chmod 600 %1 (%2)"_s.arg(path, QLatin1String(option))};
    return Done{};
}

Result<Done> checkCredentials(const QString &path)
{
    if (path.isEmpty())
        return Done{};
    const auto content = contentOf(path, "--nats-creds");
    if (!content)
        return content.error();
    if (!content->contains("BEGIN NATS USER JWT") || !content->contains("BEGIN USER NKEY SEED"))
        return Error{
            u"%1 is not a credentials file of NATS: it holds no user's JWT and seed (--nats-creds)"_s.arg(path)};
    return checkSecret(path, "--nats-creds");
}

} // namespace

Result<Done> checkBusSecurity(const BusSecurity &security)
{
    for (const auto &[path, option] : {std::pair{security.authorityFile, "--nats-ca"},
                                       {security.certificateFile, "--nats-cert"},
                                       {security.keyFile, "--nats-key"}}) {
        if (const auto content = path.isEmpty() ? QByteArray() : contentOf(path, option); !content)
            return content.error();
    }
    if (const auto secret = checkSecret(security.keyFile, "--nats-key"); !secret)
        return secret;
    NatsOptionsPtr options;
    natsStatus s = natsOptions_Create(out(options));
    if (s == NATS_OK)
        s = loadCertificates(options.get(), security);
    if (s != NATS_OK)
        return Error{u"the files of --nats-ca, --nats-cert and --nats-key cannot be used: %1"_s.arg(natsErrorText(s))};
    return checkCredentials(security.credentialsFile);
}

} // namespace odin
