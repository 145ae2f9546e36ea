// CapacityCause: which resource bent first, from what was measured where it did.
// Thread: any. Owner: values and a pure function.
#pragma once

#include "ui/models/loadteststep.h"

namespace odin {

enum class Resource {
    None, ///< nothing bent
    Connections, ///< the gateway refused clients
    Handshakes, ///< it did not answer all of them in time
    Swarm, ///< the load test itself had no time left
    Machine, ///< gateway and swarm together used all cores of one machine
    GatewayCpu,
    Clients, ///< the gateway cut clients that did not keep up
    Losses,
    Latency, ///< too late, and none of the above
};

struct CapacityCause
{
    Resource first = Resource::None;
    QString word; ///< as the certificate has it
    QString sentence; ///< with the numbers it follows from
};

/// `machineCores`: of the machine on which both run; 0: they run on two.
CapacityCause causeOf(const LoadTestStep &bending, int machineCores);

} // namespace odin
