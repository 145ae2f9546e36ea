// The page's files. Thread: any, after they were added. Owner: the router.
#pragma once

#include "core/http/router.h"

#include <QString>

namespace odin {

/// Adds a route for every file below `folder` ("/" for index.html), read once, now. Names under assets/ carry a hash of
/// their content and never change; everything else is checked with its ETag each time. A name.br or name.gz beside a
/// file is that file, encoded, and has no route of its own.
void addStaticFiles(Router &router, const QString &folder);

/// For developers: every path without a route is looked for below `folder` at each request, so that what was built a
/// moment ago is served, and nothing is cached unchecked. Nothing outside the folder and no hidden file can be had.
void addWebFolder(Router &router, const QString &folder);

} // namespace odin
