#include "core/shard/thinner.h"

#include "core/wire/framebuilder.h"

namespace odin {

// Notices of a token replace one another, and never its updates.
Thinner::Key Thinner::keyOf(const Frame &frame)
{
    return {frame.token, frame.kind == FrameKind::Update ? int(frame.channel) : channelCount};
}

bool Thinner::hold(const FramePtr &frame)
{
    Held held{keyOf(*frame), frame, 0};
    const auto place = m_next++;
    const auto before = m_places.constFind(held.key);
    const bool replaces = before != m_places.cend();
    if (replaces) {
        held.replaced = m_held.at(*before).replaced + 1;
        m_held.erase(*before);
    }
    m_places.insert(held.key, place);
    m_held.emplace_hint(m_held.end(), place, std::move(held));
    return replaces;
}

void Thinner::drop(const TokenSelection &selection)
{
    std::erase_if(m_held, [&](const auto &entry) {
        const auto &[key, frame, replaced] = entry.second;
        const bool drops = frame->channel != Channel::Market && (selection.all || selection.tokens.contains(frame->token));
        if (drops)
            m_places.remove(key);
        return drops;
    });
}

Thinner::Batch Thinner::take(qsizetype bytesMax)
{
    Batch batch;
    while (!m_held.empty() && (batch.frames.empty() || batch.bytes.size() < bytesMax)) {
        auto &held = m_held.begin()->second;
        const bool tells = held.replaced > 0 && held.frame->kind == FrameKind::Update;
        batch.bytes += tells ? conflatedFrame(*held.frame, held.replaced) : held.frame->bytes;
        batch.frames.push_back(std::move(held.frame));
        m_places.remove(held.key);
        m_held.erase(m_held.begin());
    }
    return batch;
}

} // namespace odin
