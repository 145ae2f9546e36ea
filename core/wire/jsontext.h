// JsonText: writes one JSON object straight into bytes. Replies are made for each client, and making a QJsonObject first
// took a third of the time that a new client costs.
// Thread: confined to its caller. Owner: the same. Pure.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace odin {

class JsonText
{
public:
    JsonText() : m_text("{") { m_text.reserve(reserved); }
    explicit JsonText(QByteArrayView type) : JsonText() { text("type", type); }

    /// Names are ours and need no escapes; the string is UTF-8 and may hold anything.
    JsonText &text(QByteArrayView name, QByteArrayView string);
    JsonText &number(QByteArrayView name, qint64 value) { return raw(name, QByteArray::number(value)); }
    JsonText &boolean(QByteArrayView name, bool value) { return raw(name, value ? "true" : "false"); }
    /// A value that is JSON already.
    JsonText &raw(QByteArrayView name, QByteArrayView json);
    template<class Names>
    JsonText &texts(QByteArrayView name, const Names &strings);

    /// The finished object.
    QByteArray take() { return std::move(m_text.append('}')); }

private:
    static constexpr qsizetype reserved = 512; // most replies

    void key(QByteArrayView name);
    void string(QByteArrayView string);

    QByteArray m_text;
};

template<class Names>
JsonText &JsonText::texts(QByteArrayView name, const Names &strings)
{
    key(name);
    m_text.append('[');
    bool first = true;
    for (const auto &each : strings) {
        if (!std::exchange(first, false))
            m_text.append(',');
        string(each);
    }
    m_text.append(']');
    return *this;
}

} // namespace odin
