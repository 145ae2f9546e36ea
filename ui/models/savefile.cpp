#include "ui/models/savefile.h"

#include "core/base/wholefile.h"

namespace odin {

Result<Done> saveFile(const QString &path, const QByteArray &bytes)
{
    const auto written = writeWholeFile(path, bytes);
    if (written)
        return written;
    return Error{
        QStringLiteral("%1 was not written: %2. Choose another folder or make room.").arg(path, written.error().text)};
}

} // namespace odin
