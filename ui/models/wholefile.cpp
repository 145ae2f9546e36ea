#include "ui/models/wholefile.h"

#include <QSaveFile>

namespace odin {

Result<Done> writeWhole(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return Done{};
    return Error{
        QStringLiteral("%1 was not written: %2. Choose another folder or make room.").arg(path, file.errorString())};
}

} // namespace odin
