#include "core/security/admintoken.h"

#include "core/base/secretfile.h"
#include "core/base/wholefile.h"
#include "core/model/limits.h"
#include "core/security/jwttext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <openssl/crypto.h>

#include <array>

namespace odin {

namespace {

constexpr qint64 fileBytesMax = 4096;
constexpr qsizetype secretCharsMin = 20; // one that a person wrote

Result<QByteArray> readToken(QFile &file)
{
    const auto path = file.fileName();
    if (isReadByOthers(path))
        return Error{QStringLiteral("%1 holds the admin token and others can read it: chmod 600 %1").arg(path)};
    if (!file.open(QFile::ReadOnly))
        return Error{QStringLiteral("cannot read the admin token in %1: %2").arg(path, file.errorString())};
    const auto token = file.read(fileBytesMax).trimmed();
    if (token.size() < secretCharsMin)
        return Error{QStringLiteral("%1 holds no admin token: remove it, and a new one is made").arg(path)};
    return token;
}

} // namespace

Result<QByteArray> adminToken(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return readToken(file);
    const auto token = newSecret();
    QDir().mkpath(QFileInfo(path).path());
    const auto written = writeWholeFile(path, token + '\n', Readers::OwnerOnly);
    if (!written)
        return Error{QStringLiteral("cannot write the admin token to %1: %2").arg(path, written.error().text)};
    return token;
}

bool isSameSecret(const QByteArray &a, const QByteArray &b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), std::size_t(a.size())) == 0;
}

QByteArray newSecret()
{
    std::array<quint32, limits::secretBytesMin / sizeof(quint32)> bits;
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    const auto bytes = QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits);
    return toBase64Url(bytes);
}

} // namespace odin
