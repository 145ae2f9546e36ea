#include "core/base/descriptors.h"

#include "core/model/limits.h"

#include <algorithm>

#include <sys/resource.h>

namespace odin {

int raiseDescriptorLimit()
{
    constexpr rlim_t cap = limits::descriptorsMax;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const rlim_t wanted = std::min(limit.rlim_max, cap);
    if (limit.rlim_cur < wanted) {
        const rlimit raised{wanted, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return static_cast<int>(std::min(limit.rlim_cur, cap));
}

} // namespace odin
