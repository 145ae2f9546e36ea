#include "core/base/secretfile.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace odin {

bool isOpenToOthers(unsigned mode, unsigned owner, unsigned self)
{
    const bool isHandedOver = owner == 0 && self != 0;
    return (mode & (isHandedOver ? S_IWGRP | S_IRWXO : S_IRWXG | S_IRWXO)) != 0;
}

bool isReadByOthers(const QString &path)
{
    struct stat facts = {};
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0
        && isOpenToOthers(facts.st_mode, facts.st_uid, ::geteuid());
}

} // namespace odin
