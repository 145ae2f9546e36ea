// The page's files, read once from the program's resources. Thread: any, after they were added. Owner: the router.
#pragma once

#include "core/http/router.h"

#include <QString>

namespace odin {

/// Adds a route for every file below `folder` ("/" for index.html). Names under assets/ carry a hash of their content
/// and never change; everything else is checked with its ETag each time.
void addStaticFiles(Router &router, const QString &folder);

} // namespace odin
