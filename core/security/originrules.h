// OriginRules: pages of which origins may talk to us. A browser says in Origin where the page comes from (RFC 6454, fetch
// standard); who sends none is no browser, and is let in. Pure; any thread. Owner: DoorKeeper.
#pragma once

#include "core/model/result.h"
#include "core/wire/requesthead.h"

#include <QStringList>

#include <set>

namespace odin {

class OriginRules
{
public:
    /// Of no origins: pages of the very host and port that the request names. Of "*": any.
    /// The sentence of an error names the entry that is no origin.
    static Result<OriginRules> of(const QStringList &origins);

    /// Exact: scheme, host and port, in the one form in which browsers write them. Without TLS of ours, pages of the same
    /// host may have come by https: a proxy in front ended it. With it, a page that came by http was not ours.
    bool admits(const RequestHead &head, bool isTls) const;

private:
    std::set<QByteArray> m_origins; // in the form that is compared
    bool m_isAny = false;
};

} // namespace odin
