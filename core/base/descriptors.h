// How many files and sockets this process may have open.
// Thread: main, once at start. Owner: none, a free function.
#pragma once

namespace odin {

/// Raises the soft limit to the hard one (at most descriptorsMax) and gives what is allowed now.
int raiseDescriptorLimit();

} // namespace odin
