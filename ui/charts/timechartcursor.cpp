// What TimeChart says of the time under its cursor, and how the cursor is moved by mouse and keys.
#include "ui/charts/chartframe.h"
#include "ui/charts/timechart.h"
#include "ui/models/format.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace odin {

namespace {

constexpr double stepsOfWindow = 60; // an arrow key moves by this part of the window

} // namespace

std::optional<ChartReading> TimeChart::read() const
{
    const double window = std::chrono::duration<double>(m_window).count();
    return m_cursor ? readChart(m_points, *m_cursor, window / stepsOfWindow / 2) : std::nullopt;
}

QString TimeChart::valueText(double value) const
{
    return m_text.value ? m_text.value(value) : formatAmount(value) + m_text.unit;
}

/// The clock's time, where it is known, else how long ago.
QString TimeChart::timeText(double x) const
{
    if (m_nowMs > 0)
        return QDateTime::fromMSecsSinceEpoch(m_nowMs + static_cast<qint64>(x * 1'000))
            .toString(QStringLiteral("HH:mm:ss"));
    return formatAge(std::chrono::milliseconds(static_cast<qint64>(-x * 1'000))) + QStringLiteral(" ago");
}

QList<CursorLine> TimeChart::said(const ChartReading &reading) const
{
    QList<CursorLine> said{{timeText(reading.x), Tone::Muted}};
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto &look = m_lines[i].look;
        const auto value = reading.values.value(static_cast<qsizetype>(i));
        const auto text = value ? valueText(*value) : noValue;
        said.append({look.name.isEmpty() ? text : look.name + u' ' + text, look.tone});
    }
    return said;
}

QString TimeChart::reading() const
{
    const auto reading = read();
    if (!reading)
        return {};
    QStringList parts;
    for (const auto &line : said(*reading))
        parts.append(line.text);
    return parts.join(QStringLiteral(", "));
}

qreal TimeChart::pixelOf(double x) const
{
    const auto plot = chart()->plotArea();
    const double share = 1 + x / std::chrono::duration<double>(m_window).count();
    return std::clamp(plot.left() + share * plot.width(), plot.left(), plot.right());
}

void TimeChart::moveCursor(std::optional<double> x)
{
    if (m_cursor == x)
        return;
    m_cursor = x;
    if (!m_hover.isActive())
        m_hover.start();
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const auto plot = chart()->plotArea();
    const double share = (event->position().x() - plot.left()) / std::max(1.0, plot.width());
    if (share < 0 || share > 1)
        return moveCursor(std::nullopt);
    moveCursor((share - 1) * std::chrono::duration<double>(m_window).count());
}

bool TimeChart::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        moveCursor(std::nullopt);
    return QChartView::viewportEvent(event);
}

void TimeChart::focusOutEvent(QFocusEvent *event)
{
    QChartView::focusOutEvent(event);
    moveCursor(std::nullopt);
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const double window = std::chrono::duration<double>(m_window).count();
    switch (event->key()) {
    case Qt::Key_Left: stepCursor(-window / stepsOfWindow); break;
    case Qt::Key_Right: stepCursor(window / stepsOfWindow); break;
    case Qt::Key_Home: moveCursor(-window); break;
    case Qt::Key_End: moveCursor(0); break;
    case Qt::Key_Escape:
        if (!m_cursor)
            return QChartView::keyPressEvent(event);
        moveCursor(std::nullopt);
        break;
    default: return QChartView::keyPressEvent(event);
    }
    setAccessibleDescription(reading());
}

/// To another point than the one that is read now, across times of which the lines know nothing.
void TimeChart::stepCursor(double step)
{
    const double window = std::chrono::duration<double>(m_window).count();
    const auto before = read();
    if (!before)
        return moveCursor(0); // at the newest, to begin with
    for (double x = before->x + step; x >= -window && x <= 0; x += step) {
        const auto found = readChart(m_points, x, window);
        if (found && found->x != before->x && (found->x > before->x) == (step > 0))
            return moveCursor(found->x);
    }
}

} // namespace odin
