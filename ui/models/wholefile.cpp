#include "ui/models/wholefile.h"

#include "core/base/wholefile.h"

namespace odin {

Result<Done> writeWhole(const QString &path, const QByteArray &text)
{
    const auto written = writeWholeFile(path, text);
    if (written)
        return written;
    return Error{
        QStringLiteral("%1 was not written: %2. Choose another folder or make room.").arg(path, written.error().text)};
}

} // namespace odin
