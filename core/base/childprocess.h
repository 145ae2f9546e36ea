// A child process that cannot outlive this one, however this one ends.
// Thread: the one that starts the process; it must live as long as the child should (PDEATHSIG belongs to it).
// Owner: none, a free function.
#pragma once

class QProcess;

namespace odin {

/// Before its start. Also gives it a process group of its own: Ctrl-C in a terminal is for us, the child stops after us.
void endWithThisProcess(QProcess &process);

} // namespace odin
