#include "ui/models/sampler.h"

#include "core/model/limits.h"

namespace odin {

Sampler::Sampler(const OperatorPort &gateway, QObject *parent) : QObject(parent), m_gateway(gateway)
{
    connect(&m_timer, &QTimer::timeout, this, &Sampler::sample);
    m_timer.start(limits::sampleHiddenMs);
}

void Sampler::setWatched(Watched watched)
{
    m_timer.start(watched == Watched::Yes ? limits::sampleMs : limits::sampleHiddenMs);
}

void Sampler::sample()
{
    auto snapshot = m_gateway.snapshot();
    if (snapshot == m_last)
        return;
    m_last = std::move(snapshot);
    Q_EMIT sampled(m_last);
}

} // namespace odin
