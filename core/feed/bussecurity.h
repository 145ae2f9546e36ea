// Whether what a bus of another's is to be reached with can be used. Pure but for reading the files; any thread.
#pragma once

#include "core/model/result.h"
#include "core/model/securityconfig.h"

namespace odin {

/// Before anybody connects; the sentence of an error names the file.
Result<Done> checkBusSecurity(const BusSecurity &security);

} // namespace odin
