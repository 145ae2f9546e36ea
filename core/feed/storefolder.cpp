#include "core/feed/storefolder.h"

#include "core/base/wholefile.h"
#include "core/model/limits.h"

#include <QDateTime>
#include <QDir>

namespace odin {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

bool makePrivateFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, ownerOnly | QFile::ExeOwner);
}

Error noStateFolder(const QString &path)
{
    return {u"The state folder %1 cannot be used: make it writable, or give --nats URL to use a bus that exists."_s.arg(
        path)};
}

} // namespace

Result<StoreFolder> StoreFolder::take(const QString &stateFolder)
{
    for (int n = 1; n <= limits::brokerFoldersMax; ++n) {
        const QString path = stateFolder + (n == 1 ? u"/nats"_s : u"/nats-%1"_s.arg(n));
        if (!makePrivateFolder(path))
            return noStateFolder(path);
        auto lock = std::make_unique<QLockFile>(path + "/odin.lock"_L1);
        lock->setStaleLockTime(0); // only a dead holder makes it stale, never its age
        if (lock->tryLock(0))
            return StoreFolder(path, std::move(lock));
        if (lock->error() != QLockFile::LockFailedError)
            return noStateFolder(path);
    }
    return Error{u"%1 brokers of this program run already on %2: stop one of them."_s.arg(limits::brokerFoldersMax)
                     .arg(stateFolder)};
}

Result<Done> StoreFolder::writeConfig(const QByteArray &text) const
{
    // With a password in it: never readable for others, not for a moment.
    const auto written = writeWholeFile(configFile(), text, Readers::OwnerOnly);
    if (!written)
        return Error{u"%1 cannot be written (%2): make room, or make the folder writable."_s.arg(configFile(),
                                                                                                 written.error().text)};
    return Done{};
}

Result<QString> StoreFolder::setStoreAside() const
{
    const QString aside = m_path + ".broken-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    if (!QDir().rename(storePath(), aside))
        return Error{u"%1 cannot be set aside: move it away by hand."_s.arg(storePath())};
    return aside;
}

} // namespace odin
