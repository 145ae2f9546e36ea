#include "core/security/keyfile.h"

#include "core/base/secretfile.h"
#include "core/base/wholefile.h"
#include "core/model/limits.h"
#include "core/security/admintoken.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace odin {

namespace {

struct KeyText
{
    QByteArray text;
    bool isReadByOthers = false;
};

Error about(const QString &path, const QString &what) { return {QStringLiteral("%1: %2").arg(path, what)}; }

// The open file is looked at, so that nobody can put another one there in between.
Result<KeyText> readKeys(const QString &path, qint64 bytesMax)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return about(path, QStringLiteral("cannot be read: %1").arg(file.errorString()));
    struct stat status
    {
    };
    if (::fstat(file.handle(), &status) != 0 || !S_ISREG(status.st_mode))
        return about(path, QStringLiteral("is not a file"));
    auto text = file.read(bytesMax + 1);
    if (text.size() > bytesMax)
        return about(path, QStringLiteral("is larger than %1 bytes").arg(bytesMax));
    return KeyText{std::move(text), isOpenToOthers(status.st_mode, status.st_uid, ::geteuid())};
}

Error openToOthers(const QString &path)
{
    return about(path,
                 QStringLiteral(
                     "holds a secret that others than its owner can read or change: chmod 600 it, and make a new key"));
}

QByteArray newOwnKey()
{
    const auto id = QStringLiteral("own-") + QString::number(QRandomGenerator::system()->generate64(), 36);
    return QJsonDocument(QJsonObject{{QStringLiteral("kty"), QStringLiteral("oct")},
                                     {QStringLiteral("alg"), QStringLiteral("HS256")},
                                     {QStringLiteral("use"), QStringLiteral("sig")},
                                     {QStringLiteral("kid"), id},
                                     {QStringLiteral("k"), QLatin1String(newSecret())}})
        .toJson();
}

} // namespace

Result<KeySet::Parsed> keysInFile(const QString &path)
{
    const auto read = readKeys(path, limits::keySetBytesMax);
    if (!read)
        return read.error();
    auto parsed = KeySet::parse(read->text);
    if (!parsed)
        return about(path, parsed.error().text);
    if (parsed->isSecret && read->isReadByOthers)
        return openToOthers(path);
    return parsed;
}

Result<JwsKey> signingKeyInFile(const QString &path)
{
    const auto read = readKeys(path, limits::keySetBytesMax);
    if (!read)
        return read.error();
    if (read->isReadByOthers)
        return openToOthers(path);
    const auto jwks = jwksIn(read->text);
    if (!jwks)
        return about(path, jwks.error().text);
    auto why = QStringLiteral("there is no key in it");
    for (const auto &jwk : jwks.value()) {
        auto key = JwsKey::fromJwk(jwk, JwsKey::Purpose::Sign);
        if (key)
            return key;
        why = key.error().text;
    }
    return about(path, why);
}

// Written aside and linked: link() fails where another process was faster, and the file is never there half written.
Result<Done> ensureOwnKey(const QString &path)
{
    if (QFileInfo::exists(path))
        return Done{};
    const auto folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return about(folder, QStringLiteral("cannot be made, for a key of this machine"));
    const auto aside = QStringLiteral("%1.%2").arg(path).arg(QRandomGenerator::system()->generate64());
    if (const auto written = writeWholeFile(aside, newOwnKey(), Readers::OwnerOnly); !written)
        return about(aside, QStringLiteral("cannot be written: %1").arg(written.error().text));
    const bool linked =
        ::link(QFile::encodeName(aside).constData(), QFile::encodeName(path).constData()) == 0 || errno == EEXIST;
    const auto why = QString::fromLocal8Bit(std::strerror(errno));
    QFile::remove(aside);
    return linked ? Result<Done>(Done{}) : about(path, QStringLiteral("cannot be made: %1").arg(why));
}

Result<QByteArray> readBounded(const QString &path, qint64 bytesMax)
{
    auto read = readKeys(path, bytesMax);
    if (!read)
        return read.error();
    return std::move(read->text);
}

} // namespace odin
