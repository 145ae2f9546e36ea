// Numbers as people read them, by the same rules as the page's format.ts.
// Thread: any. Owner: none, free functions.
#pragma once

#include <QString>

#include <chrono>

namespace odin {

/// Stands where there is no value yet.
inline const QString noValue = QStringLiteral("–");

enum class Direction { Down, Flat, Up };

/// Judged on what is printed: 0.001% is printed as 0.00% and is neither up nor down.
Direction directionOf(double percent);

QString formatCount(quint64 count);                   ///< 5,000
QString formatRate(double perSecond);                 ///< 3.4 /s, 16,902 /s
QString formatLatency(double ms);                     ///< 11.8 ms, 0.42 ms, 12.3 s
QString formatBytes(double bytes);                    ///< 118 MB (powers of 1000)
QString formatVolume(double volume);                  ///< 12.4 M
QString formatPercent(double percent);                ///< 7.1%
QString formatAmount(double number);                  ///< 3,000,000 or 12.5, from a thousand million million on 1.5e+15
QString formatDollars(double dollars);                ///< $1,550 or $0.42
QString formatUptime(std::chrono::milliseconds time); ///< 04:11:09, from one day on 2 d 04:11
QString formatAge(std::chrono::milliseconds age);     ///< 3.7 s, 42 s, 5 min

/// Five significant digits, never fewer than two decimals: 64,218.42 and 0.0025134.
QString formatPrice(double price);
/// With arrow and sign, so that colour is never the only witness: ▲ +1.82%
QString formatChange(double percent);

/// A number of a chart's axis that goes up to top, all in the unit of the topmost: 7.5, 1,500, 20k, 2.5M.
QString formatTick(double value, double top);
/// A number of an axis that does not start at 0, with the digits that its steps need: 64,215 and 64,217.5.
QString formatStep(double value, double step);

} // namespace odin
