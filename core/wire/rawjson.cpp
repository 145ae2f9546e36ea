#include "core/wire/rawjson.h"

#include "core/model/limits.h"

#include <QChar>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace odin {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

QByteArrayView trimmedJson(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

// Walks over tokens. That they stand in a legal order is known already; here only their inside is checked.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    qsizetype at() const { return m_at; }
    char peek() const { return m_text[m_at]; }
    void skip() { ++m_at; }

    bool skipString()
    {
        for (++m_at; !atEnd(); ++m_at) {
            const auto c = static_cast<unsigned char>(peek());
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c < 0x20 || (c == '\\' && !skipEscape()))
                return false;
        }
        return false;
    }

    // RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?; leading zeros were refused before.
    bool skipNumber()
    {
        if (peek() == '-')
            ++m_at;
        if (!skipDigits())
            return false;
        if (!atEnd() && peek() == '.') {
            ++m_at;
            if (!skipDigits())
                return false;
        }
        if (!atEnd() && (peek() == 'e' || peek() == 'E')) {
            ++m_at;
            if (!atEnd() && (peek() == '+' || peek() == '-'))
                ++m_at;
            return skipDigits();
        }
        return true;
    }

private:
    bool skipEscape() // leaves the position on the escape's last byte
    {
        ++m_at;
        if (!atEnd() && peek() == 'u')
            return skipUnicode();
        return !atEnd() && QByteArrayView("\"\\/bfnrt").contains(peek());
    }

    // uXXXX, of which the first half of a surrogate pair needs the second behind it.
    bool skipUnicode()
    {
        const auto unit = takeHex();
        if (!unit || QChar::isLowSurrogate(*unit))
            return false;
        if (!QChar::isHighSurrogate(*unit))
            return true;
        m_at += 2;
        if (m_at >= m_text.size() || m_text[m_at - 1] != '\\' || peek() != 'u')
            return false;
        const auto other = takeHex();
        return other && QChar::isLowSurrogate(*other);
    }

    std::optional<char32_t> takeHex() // stands on the u before, and on the last digit afterwards
    {
        bool ok = m_at + 4 < m_text.size();
        const auto unit = ok ? m_text.sliced(m_at + 1, 4).toUInt(&ok, 16) : 0;
        m_at += ok ? 4 : 0;
        return ok ? std::optional<char32_t>(unit) : std::nullopt;
    }

    bool skipDigits()
    {
        const auto start = m_at;
        while (!atEnd() && isDigit(peek()))
            ++m_at;
        return m_at > start;
    }

    const QByteArrayView m_text;
    qsizetype m_at = 0;
};

// Of two values readers take one or the other: who checks and who reads must not differ.
bool hasKeyTwice(const std::vector<QByteArrayView> &members)
{
    std::vector<QByteArray> keys;
    for (const auto member : members)
        keys.push_back(keyOf(member));
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

} // namespace

std::optional<std::vector<QByteArrayView>> splitTopLevel(QByteArrayView container)
{
    std::vector<QByteArrayView> pieces;
    const QByteArrayView inner = trimmedJson(container).sliced(1).chopped(1);
    Scanner scan(inner);
    qsizetype start = 0;
    int depth = 0;
    const auto take = [&] {
        if (const auto piece = trimmedJson(inner.sliced(start, scan.at() - start)); !piece.isEmpty())
            pieces.push_back(piece);
    };
    while (!scan.atEnd()) {
        const char c = scan.peek();
        if (c == '"') {
            if (!scan.skipString())
                return {};
            continue;
        }
        if (isDigit(c) || c == '-' || c == '.') {
            if (!scan.skipNumber())
                return {};
            continue;
        }
        if ((c == '{' || c == '[') && ++depth >= limits::payloadDepthMax)
            return {};
        if (c == '}' || c == ']')
            --depth;
        if (c == ',' && depth == 0) {
            take();
            start = scan.at() + 1;
        }
        scan.skip();
    }
    take();
    if (trimmedJson(container).startsWith('{') && hasKeyTwice(pieces))
        return {};
    return pieces;
}

QByteArray keyOf(QByteArrayView member)
{
    Scanner scan(member);
    scan.skipString();
    const auto raw = member.sliced(1, scan.at() - 2);
    if (!raw.contains('\\'))
        return raw.toByteArray();
    return QJsonDocument::fromJson('[' + member.first(scan.at()).toByteArray() + ']').array().at(0).toString().toUtf8();
}

QByteArrayView rawValue(QByteArrayView member)
{
    Scanner scan(member);
    scan.skipString();
    return trimmedJson(member.sliced(member.indexOf(':', scan.at()) + 1));
}

QByteArray joinMembers(const std::vector<QByteArrayView> &members, std::initializer_list<QByteArrayView> dropped,
                       QByteArrayView added)
{
    QByteArray object("{");
    const auto append = [&object](QByteArrayView piece) {
        if (object.size() > 1)
            object.append(',');
        object.append(piece);
    };
    for (const auto member : members) {
        if (std::find(dropped.begin(), dropped.end(), QByteArrayView(keyOf(member))) == dropped.end())
            append(member);
    }
    if (!added.isEmpty())
        append(added);
    return object.append('}');
}

} // namespace odin
