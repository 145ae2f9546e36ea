#include "app/keptfile.h"

#include "app/settingsources.h"
#include "core/base/log.h"
#include "core/base/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace odin {

namespace {

constexpr auto heading = "# Kept by Odin Console's page of settings, which writes this file anew at each change.\n";

Result<Settings> standing(const QString &path)
{
    if (!QFileInfo::exists(path))
        return Settings{};
    const auto read = settingsFromFile(path);
    if (read)
        return read;
    const auto aside = path + QStringLiteral(".unreadable");
    QFile::remove(aside);
    if (!QFile::rename(path, aside))
        return Error{
            QStringLiteral("%1. It could not be set aside either: repair it, or remove it.").arg(read.error().text)};
    qCWarning(lcApp).noquote() << read.error().text << ": the file is now" << aside;
    return Settings{};
}

Result<Done> write(const QString &path, const Settings &settings)
{
    const auto text = heading + settingsFileText(settings).toUtf8();
    QDir().mkpath(QFileInfo(path).path());
    const auto written = writeWholeFile(path, text, Readers::OwnerOnly);
    if (written)
        return written;
    return Error{
        QStringLiteral("%1 was not written: %2. What was changed is forgotten when the program ends: make room, "
                       "or see to the folder's permissions, and change it again.")
            .arg(path, written.error().text)};
}

} // namespace

Result<Done> changeKeptFile(const QString &path, const QString &name, const std::optional<QString> &value)
{
    auto settings = standing(path);
    if (!settings)
        return settings.error();
    if (value)
        settings.value()[name] = {*value, SettingSource::Console, {}};
    else
        settings->erase(name);
    return write(path, settings.value());
}

} // namespace odin
