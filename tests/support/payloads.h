// Payloads as publishers send them. Pure functions; any thread.
#pragma once

#include "core/model/types.h"

namespace odin {

inline QByteArray priceJson(const QByteArray &token, double price, const QByteArray &nonce = "n",
                            qint64 timestampMs = wallMs())
{
    return R"({"type":"price:update","tokenId":")" + token + R"(","price":)" + QByteArray::number(price)
        + R"(,"volume24h":1,"priceChange24h":0.5,"timestamp":)" + QByteArray::number(timestampMs)
        + R"(,"source":"trade","nonce":")" + nonce + R"("})";
}

inline QByteArray volumeJson(const QByteArray &token)
{
    return R"({"type":"volume:update","tokenId":")" + token + R"(","volume24h":5,"timestamp":)"
        + QByteArray::number(wallMs()) + '}';
}

inline QByteArray batchJson(const QByteArray &first, const QByteArray &second)
{
    return R"({"type":"price:batch","timestamp":)" + QByteArray::number(wallMs()) + R"(,"updates":[{"tokenId":")"
        + first + R"(","price":1,"volume24h":1,"priceChange24h":0},{"tokenId":")" + second
        + R"(","price":2,"volume24h":1,"priceChange24h":0}]})";
}

inline QByteArray marketJson() { return R"({"type":"market:statistics","totalVolume":1})"; }

} // namespace odin
