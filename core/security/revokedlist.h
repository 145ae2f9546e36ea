// RevokedList: tokens and users that are no longer welcome, though their tokens are good. Thread: const, any. Owner: a
// value.
#pragma once

#include "core/model/identity.h"
#include "core/model/result.h"

#include <QSet>

namespace odin {

class RevokedList
{
public:
    /// A line each: a jti, or sub:NAME. Blank lines and lines that begin with # say nothing.
    static Result<RevokedList> parse(const QByteArray &text);

    bool contains(const Identity &identity) const
    {
        return m_subjects.contains(identity.subject)
            || (!identity.tokenId.isEmpty() && m_tokens.contains(identity.tokenId));
    }
    qsizetype size() const { return m_tokens.size() + m_subjects.size(); }

private:
    QSet<QByteArray> m_tokens, m_subjects;
};

} // namespace odin
