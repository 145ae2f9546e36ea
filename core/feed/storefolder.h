// StoreFolder: the folder of one managed broker, held by a lock so that two programs never share a store.
// Thread: that of its owner. Owner: ManagedBroker.
#pragma once

#include "core/model/result.h"

#include <QLockFile>

#include <memory>

namespace odin {

class StoreFolder
{
public:
    /// Takes <stateFolder>/nats, or nats-2, nats-3 ... when other living programs hold those before.
    static Result<StoreFolder> take(const QString &stateFolder);

    QString configFile() const { return m_path + QLatin1StringView("/nats.conf"); }
    QString storePath() const { return m_path + QLatin1StringView("/store"); }

    /// Writes the configuration, readable for this user only.
    Result<Done> writeConfig(const QByteArray &text) const;
    /// Renames the store, so that the broker starts with an empty one. Gives the new name.
    Result<QString> setStoreAside() const;

private:
    StoreFolder(QString path, std::unique_ptr<QLockFile> lock) : m_path(std::move(path)), m_lock(std::move(lock)) {}

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace odin
