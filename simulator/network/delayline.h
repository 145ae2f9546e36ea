// DelayLine: the bytes on their way in one direction of a connection, and which of them may leave at a given time.
// They leave as they came: none is lost, changed or overtaken, whatever the faults are and however they change.
// Thread: confined to its user's. Owner: one direction of a ProxyConnection. Time is given, never read.
#pragma once

#include "simulator/network/tokenbucket.h"

#include <QByteArrayView>

#include <deque>
#include <optional>
#include <random>

namespace odin {

/// The faults of one direction.
struct Shape
{
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds jitter{0};
    qint64 bytesPerSecond = 0;
    bool isStalled = false;
};

class DelayLine
{
public:
    /// `seed` of the jitter.
    explicit DelayLine(quint32 seed);

    /// Acts on what is on its way too: nothing stays longer than the new delay and jitter ask.
    void setShape(const Shape &shape, SteadyTime now);

    /// How much may be read from the source and put in: 0 while stalled, and from full until half empty.
    std::size_t room();
    /// At most room() bytes.
    void put(QByteArrayView bytes, SteadyTime now);
    /// The source has ended; that too arrives after the delay.
    void end(SteadyTime now);

    /// What may be written to the destination now; valid until the next call that changes the line.
    QByteArrayView ready(SteadyTime now);
    /// So much of ready() was written.
    void sent(std::size_t bytes);
    /// The end has arrived behind the last byte.
    bool isOver(SteadyTime now) const;
    /// When ready() or isOver() may have something to say; nullopt while nothing is on its way, or stalled.
    std::optional<SteadyTime> next() const;

    std::size_t heldBytes() const { return m_held; }
    bool hasEnded() const { return m_end.has_value(); }

private:
    struct Chunk
    {
        QByteArray bytes;
        SteadyTime first; // when its first bytes were due; those that came a little later are in it too
        SteadyTime due;
    };

    SteadyTime dueAt(SteadyTime now);
    std::size_t frontBytes() const { return std::size_t(m_chunks.front().bytes.size()) - m_offset; }
    std::size_t portion() const;

    std::deque<Chunk> m_chunks;
    std::size_t m_offset = 0; // of the first chunk: sent
    std::size_t m_held = 0;
    bool m_full = false;
    SteadyTime m_lastDue{};
    std::optional<SteadyTime> m_end;
    Shape m_shape;
    TokenBucket m_bucket;
    std::minstd_rand m_random;
};

} // namespace odin
