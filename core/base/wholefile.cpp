#include "core/base/wholefile.h"

#include <QFile>
#include <QSaveFile>

namespace odin {

// Flushed before commit(): QSaveFile 6.4 does not look at what its last flush says, and would put an empty file there.
Result<Done> writeWholeFile(const QString &path, const QByteArray &bytes, Readers readers)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && (readers == Readers::Everybody || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        && file.write(bytes) == bytes.size() && file.flush() && file.commit();
    if (written)
        return Done{};
    return Error{file.errorString()};
}

} // namespace odin
