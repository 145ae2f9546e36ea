#include "core/wire/jsontext.h"

namespace odin {

JsonText &JsonText::text(QByteArrayView name, QByteArrayView value)
{
    key(name);
    string(value);
    return *this;
}

JsonText &JsonText::raw(QByteArrayView name, QByteArrayView json)
{
    key(name);
    m_text.append(json);
    return *this;
}

void JsonText::key(QByteArrayView name)
{
    if (m_text.size() > 1)
        m_text.append(',');
    m_text.append('"').append(name).append("\":");
}

void JsonText::string(QByteArrayView string) // RFC 8259 section 7
{
    m_text.append('"');
    for (const char byte : string) {
        if (byte == '"' || byte == '\\')
            m_text.append('\\').append(byte);
        else if (static_cast<unsigned char>(byte) < 0x20)
            m_text.append("\\u00").append(QByteArray::number(byte, 16).rightJustified(2, '0'));
        else
            m_text.append(byte);
    }
    m_text.append('"');
}

} // namespace odin
