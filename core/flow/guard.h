// Guard: whom a door and its sessions ask before they let somebody in. Thread: any. Owner: a value; what it names outlives it.
#pragma once

#include "core/flow/doorpolicy.h"
#include "core/flow/tokenauthority.h"

namespace odin {

/// Null: nobody is asked, and everybody may come in.
struct Guard
{
    TokenAuthority *tokens = nullptr;
    DoorPolicy *door = nullptr;
};

} // namespace odin
