#include "ui/settings.h"

#include <QFileInfo>

namespace odin {

QString consoleSettingsProblem()
{
    const auto settings = consoleSettings();
    const auto file = settings.fileName();
    if (settings.status() == QSettings::FormatError)
        return QStringLiteral("%1 is no settings file any more, so this console starts as a new one: remove it.")
            .arg(file);
    const QFileInfo info(file);
    if (settings.status() == QSettings::AccessError || (info.exists() && !(info.isFile() && info.isReadable())))
        return QStringLiteral("%1 cannot be read, so this console starts as a new one: see to its permissions.")
            .arg(file);
    if (!settings.isWritable())
        return QStringLiteral("%1 cannot be written, so this console forgets its window: see to the folder's "
                              "permissions, or make room.")
            .arg(file);
    return {};
}

} // namespace odin
