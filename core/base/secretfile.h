// Whether a file with a secret in it is a secret. Pure but for looking; any thread.
#pragma once

#include <QString>

namespace odin {

/// Others than its owner may read it. Root may lend its file to a group, as systemd and Kubernetes do.
bool isReadByOthers(const QString &path);

} // namespace odin
