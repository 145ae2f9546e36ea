// Which of the encodings that a file exists in a client prefers (RFC 9110, 12.5.3). Pure; any thread.
#pragma once

#include <QByteArray>

#include <array>

namespace odin {

enum class ContentCoding { Identity, Gzip, Brotli };

inline constexpr std::array contentCodings{ContentCoding::Identity, ContentCoding::Gzip, ContentCoding::Brotli};

/// "gzip", as Accept-Encoding and Content-Encoding say it; "identity" for none.
QByteArrayView codingName(ContentCoding coding);
/// ".gz", as files are named; empty for none.
QByteArrayView codingSuffix(ContentCoding coding);

/// How much a client wants it, 0 (not at all) to 1. Without the field, or with one that is not understood, only
/// Identity is wanted.
double codingWeight(const QByteArray &acceptEncoding, ContentCoding coding);

/// The most wanted of those that `has` is true for; the smaller one where two are wanted alike. Identity if nothing is.
template<class Has>
ContentCoding bestCoding(const QByteArray &acceptEncoding, Has has)
{
    auto best = ContentCoding::Identity;
    double weight = 0;
    for (const auto coding : contentCodings) { // from the largest to the smallest
        const double wanted = has(coding) ? codingWeight(acceptEncoding, coding) : 0;
        if (wanted > 0 && wanted >= weight) {
            best = coding;
            weight = wanted;
        }
    }
    return best;
}

} // namespace odin
