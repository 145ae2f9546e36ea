#include "ui/models/format.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace odin {

namespace {

constexpr int significantDigits = 5;
constexpr int decimalsMin = 2;
constexpr int decimalsMax = 10;
constexpr double tiny = 1e-6; // below this, five digits do not fit behind the point any more

const QLocale &english()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

QString grouped(double value, int decimals) { return english().toString(value, 'f', decimals); }

/// 999.95 would be printed as 1,000.0: that belongs to the next unit.
constexpr double unitFull = 999.95;

int decimalsOf(double price)
{
    if (!(price > 0))
        return decimalsMin;
    const int decimals = significantDigits - 1 - static_cast<int>(std::floor(std::log10(price)));
    return std::clamp(decimals, decimalsMin, decimalsMax);
}

} // namespace

Direction directionOf(double percent)
{
    const auto shown = std::round(percent * 100);
    if (shown == 0)
        return Direction::Flat;
    return shown > 0 ? Direction::Up : Direction::Down;
}

QString formatCount(quint64 count) { return english().toString(count); }

QString formatRate(double perSecond) { return grouped(perSecond, perSecond < 99.95 ? 1 : 0) + QStringLiteral(" /s"); }

QString formatLatency(double ms)
{
    if (ms >= 9'995)
        return grouped(ms / 1'000, 1) + QStringLiteral(" s");
    const int decimals = ms < 0.995 ? 2 : ms < 99.95 ? 1 : 0;
    return grouped(ms, decimals) + QStringLiteral(" ms");
}

QString formatBytes(double bytes)
{
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= unitFull && unit + 1 < units.size(); ++unit)
        bytes /= 1'000;
    const auto number = bytes < unitFull ? grouped(bytes, unit > 0 && bytes < 9.95 ? 1 : 0) : formatAmount(bytes);
    return number + u' ' + QLatin1String(units[unit]);
}

QString formatVolume(double volume)
{
    static constexpr std::array units{"", " K", " M", " B", " T"};
    std::size_t unit = 0;
    for (; std::abs(volume) >= unitFull && unit + 1 < units.size(); ++unit)
        volume /= 1'000;
    return grouped(volume, 1) + QLatin1String(units[unit]);
}

QString formatPercent(double percent) { return grouped(percent, percent < 99.95 ? 1 : 0) + u'%'; }

QString formatAmount(double number)
{
    const double size = std::abs(number);
    if (!(size < 1e15))
        return QString::number(number, 'g', 4);
    return grouped(number, size == std::floor(size) || size >= 99.95 ? 0 : size < 0.995 ? 2 : 1);
}

QString formatDollars(double dollars)
{
    const auto sign = dollars < 0 ? QStringLiteral("−$") : QStringLiteral("$");
    const double size = std::abs(dollars);
    return sign + (size < 99.995 && size != std::floor(size) ? grouped(size, 2) : formatAmount(std::round(size)));
}

QString formatUptime(std::chrono::milliseconds time)
{
    const auto seconds = std::max<qint64>(0, time.count() / 1'000);
    const auto days = seconds / 86'400;
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    const auto clock = two(seconds / 3'600 % 24) + u':' + two(seconds / 60 % 60);
    return days > 0 ? formatCount(static_cast<quint64>(days)) + QStringLiteral(" d ") + clock
                    : clock + u':' + two(seconds % 60);
}

QString formatAge(std::chrono::milliseconds age)
{
    // Always rounded down, so that an age never seems to step back.
    const auto tenths = std::max<qint64>(0, age.count()) / 100;
    if (tenths < 100)
        return grouped(static_cast<double>(tenths) / 10, 1) + QStringLiteral(" s");
    const auto seconds = static_cast<quint64>(tenths / 10);
    if (seconds < 60)
        return formatCount(seconds) + QStringLiteral(" s");
    if (seconds < 3'600)
        return formatCount(seconds / 60) + QStringLiteral(" min");
    return seconds < 86'400 ? formatCount(seconds / 3'600) + QStringLiteral(" h")
                            : formatCount(seconds / 86'400) + QStringLiteral(" d");
}

QString formatPrice(double price)
{
    if (price > 0 && price < tiny)
        return QString::number(price, 'e', significantDigits - 1);
    return grouped(price, decimalsOf(price));
}

QString formatChange(double percent)
{
    const auto number = grouped(std::abs(percent), 2) + u'%';
    switch (directionOf(percent)) {
    case Direction::Up: return QStringLiteral("▲ +") + number;
    case Direction::Down: return QStringLiteral("▼ −") + number;
    case Direction::Flat: break;
    }
    return number;
}

QString formatTick(double value, double top)
{
    const auto in = [value](double unit, const char *letter) {
        return QString::number(value / unit, 'g', 4) + QLatin1String(value > 0 ? letter : "");
    };
    if (top >= 1e9)
        return in(1e9, "G");
    if (top >= 1e6)
        return in(1e6, "M");
    if (top >= 1e4)
        return in(1e3, "k");
    return value >= 1e3 ? grouped(value, 0) : in(1, "");
}

QString formatStep(double value, double step)
{
    static constexpr int digitsMax = 15; // beyond these a double has nothing to say
    int decimals = 0;
    for (double scaled = step; decimals < digitsMax && std::abs(scaled - std::round(scaled)) > 1e-6; scaled *= 10)
        ++decimals;
    return grouped(value, decimals);
}

} // namespace odin
