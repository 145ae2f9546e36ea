#include "core/base/childprocess.h"

#include <QProcess>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace odin {

void endWithThisProcess(QProcess &process)
{
    process.setChildProcessModifier([parent = getpid()] { // runs between fork and exec
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) // it died before prctl
            _exit(1);
    });
}

} // namespace odin
