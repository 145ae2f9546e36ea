// Whether a file with a secret in it is a secret. Pure but for looking; any thread.
#pragma once

#include <QString>

namespace odin {

/// Whether others than the owner of a file of this mode, whom it is a secret of, can read or change it; `self`: whom we run
/// as. A file of root's may be read by a group of ours: that is how systemd (by an ACL), Kubernetes and Debian's ssl-cert
/// hand secrets to a service.
bool isOpenToOthers(unsigned mode, unsigned owner, unsigned self);

/// The same of a file; false when there is none.
bool isReadByOthers(const QString &path);

} // namespace odin
