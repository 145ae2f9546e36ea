#include "simulator/network/delayline.h"

#include "core/model/limits.h"

#include <algorithm>

namespace odin {

namespace {

using namespace std::chrono_literals;

// Small writes that follow one another closely travel together: at most one chunk for each millisecond of delay.
constexpr auto chunkSpan = 1ms;

} // namespace

DelayLine::DelayLine(quint32 seed) : m_random(seed) { }

void DelayLine::setShape(const Shape &shape, SteadyTime now)
{
    m_shape = shape;
    m_bucket.setRate(shape.bytesPerSecond, now);
    const auto latest = now + shape.delay + shape.jitter;
    for (auto &chunk : m_chunks) {
        chunk.first = std::min(chunk.first, latest);
        chunk.due = std::min(chunk.due, latest);
    }
    if (m_end)
        m_end = std::min(*m_end, latest);
    m_lastDue = std::min(m_lastDue, latest);
}

std::size_t DelayLine::room()
{
    const bool isDelayed = m_shape.delay + m_shape.jitter > 0ms;
    const auto most = isDelayed ? limits::proxyHeldBytesMax : limits::proxyQueueBytesMax;
    if (m_held >= most)
        m_full = true;
    else if (m_held <= most / 2)
        m_full = false;
    return m_full || m_shape.isStalled || m_end ? 0 : most - m_held;
}

void DelayLine::put(QByteArrayView bytes, SteadyTime now)
{
    if (bytes.isEmpty())
        return;
    m_lastDue = dueAt(now);
    m_held += std::size_t(bytes.size());
    if (!m_chunks.empty() && m_lastDue - m_chunks.back().first < chunkSpan) {
        m_chunks.back().bytes.append(bytes);
        m_chunks.back().due = m_lastDue;
    } else {
        m_chunks.push_back({bytes.toByteArray(), m_lastDue, m_lastDue});
    }
}

void DelayLine::end(SteadyTime now)
{
    if (!m_end)
        m_end = m_lastDue = dueAt(now);
}

QByteArrayView DelayLine::ready(SteadyTime now)
{
    if (m_shape.isStalled || m_chunks.empty() || m_chunks.front().due > now)
        return {};
    const auto allowed = m_bucket.allowance(now);
    if (allowed < portion())
        return {};
    const auto bytes = QByteArrayView(m_chunks.front().bytes).sliced(qsizetype(m_offset));
    return bytes.first(qsizetype(std::min(std::size_t(bytes.size()), allowed)));
}

void DelayLine::sent(std::size_t bytes)
{
    m_bucket.take(bytes);
    m_held -= bytes;
    m_offset += bytes;
    if (frontBytes() == 0) {
        m_chunks.pop_front();
        m_offset = 0;
    }
}

bool DelayLine::isOver(SteadyTime now) const
{
    return m_end && *m_end <= now && m_chunks.empty() && !m_shape.isStalled;
}

std::optional<SteadyTime> DelayLine::next() const
{
    if (m_shape.isStalled)
        return {};
    if (!m_chunks.empty())
        return std::max(m_chunks.front().due, m_bucket.whenAllowed(portion()));
    return m_end;
}

SteadyTime DelayLine::dueAt(SteadyTime now)
{
    const auto jitter = std::chrono::duration_cast<std::chrono::microseconds>(m_shape.jitter).count();
    const auto drawn = jitter * qint64(m_random() - std::minstd_rand::min()) / qint64(std::minstd_rand::max());
    return std::max(m_lastDue, now + m_shape.delay + std::chrono::microseconds(drawn));
}

// Written at a time when the bandwidth is limited: half a burst, not one byte after the other.
std::size_t DelayLine::portion() const
{
    return std::min(frontBytes(), std::max<std::size_t>(1, m_bucket.burst() / 2));
}

} // namespace odin
