#include "core/base/secretfile.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace odin {

bool isReadByOthers(const QString &path)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
        return false;
    const bool isLent = facts.st_uid == 0 && ::geteuid() != 0;
    const mode_t others = isLent ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;
    return (facts.st_mode & others) != 0;
}

} // namespace odin
