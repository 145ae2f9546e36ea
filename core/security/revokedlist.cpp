#include "core/security/revokedlist.h"

#include "core/model/limits.h"

namespace odin {

// What can be no name is an error: a list that was cut short or is something else would let in whom it should keep out.
Result<RevokedList> RevokedList::parse(const QByteArray &text)
{
    constexpr qsizetype nameBytesMax = 256;
    constexpr QByteArrayView subjectMark("sub:");
    if (text.size() > limits::revokedBytesMax)
        return Error{QStringLiteral("this is more than %1 bytes").arg(limits::revokedBytesMax)};
    RevokedList list;
    qsizetype number = 0;
    for (const auto &raw : text.split('\n')) {
        ++number;
        const auto line = raw.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const bool isSubject = line.startsWith(subjectMark);
        const auto name = isSubject ? line.mid(subjectMark.size()) : line;
        if (name.isEmpty() || name.size() > nameBytesMax || name.contains('\0'))
            return Error{QStringLiteral("line %1 is neither a jti nor sub:NAME").arg(number)};
        (isSubject ? list.m_subjects : list.m_tokens).insert(name);
    }
    return list;
}

} // namespace odin
