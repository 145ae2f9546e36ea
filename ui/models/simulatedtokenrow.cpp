#include "ui/models/simulatedtokenrow.h"

#include "ui/models/format.h"

namespace odin {

namespace {

QString secondsOf(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1'000, 'g', 4);
}

} // namespace

QString SimulatedTokenRow::price() const { return heard ? formatPrice(heard->price) : noValue; }

QString SimulatedTokenRow::change() const { return heard ? formatChange(heard->priceChange24h) : noValue; }

QString SimulatedTokenRow::volume() const { return heard ? formatVolume(heard->volume24h) : noValue; }

QString SimulatedTokenRow::age(qint64 nowMs) const
{
    if (!simulated.on)
        return QStringLiteral("paused");
    return heard ? formatAge(std::chrono::milliseconds(nowMs - heard->timestampMs)) : noValue;
}

QString SimulatedTokenRow::interval() const
{
    const auto longest = secondsOf(simulated.intervalMax) + QStringLiteral(" s");
    return simulated.intervalMin == simulated.intervalMax
        ? longest
        : secondsOf(simulated.intervalMin) + QStringLiteral(" – ") + longest;
}

} // namespace odin
