#include "ui/pages/pricecard.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"
#include "ui/settings.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/tone.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace odin {

namespace {

const QString windowKey = QStringLiteral("prices/window");

} // namespace

PriceCard::PriceCard(QWidget *parent)
    : Card(QStringLiteral("Price"), parent),
      m_name(addNumber(Tone::Normal, {})),
      m_price(addNumber(Tone::Normal, QStringLiteral("000,000.00"))),
      m_change(addNumber(Tone::Up, QStringLiteral("▲ +000.00%"))),
      m_window(new ChoiceBar(QStringLiteral("Prices of the last"),
                             {QStringLiteral("1 min"), QStringLiteral("15 min"), QStringLiteral("1 h")}, this)),
      m_chart(new TimeChart(
          {.name = QStringLiteral("Chart of the price"), .unit = {}, .step = 1, .empty = {}, .value = formatPrice},
          {{.tone = Tone::Accent, .name = QStringLiteral("price")}}, this, ValueAxis::Around))
{
    m_window->choose(consoleSettings().value(windowKey, 1).toInt());
    connect(m_window, &ChoiceBar::choiceChanged, this, [this](int index) {
        consoleSettings().setValue(windowKey, index);
        presentChart();
    });
    addControl(m_window);
    addControl(m_chart->tools().makeButton());
    addContent(m_chart);
    choose({});
}

void PriceCard::choose(const QByteArray &token)
{
    m_token = token;
    const auto name = QString::fromUtf8(token);
    m_name->setText(name);
    m_chart->clear();
    m_chart->setAccessibleName(token.isEmpty() ? QStringLiteral("Chart of the price")
                                               : QStringLiteral("Chart of the price ") + name);
    m_chart->setEmptyText(token.isEmpty() ? QStringLiteral("There is no token yet")
                                          : QStringLiteral("No price of %1 in this time").arg(name));
    presentChart();
}

void PriceCard::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_snapshot = snapshot;
    m_history = &history;
    presentChart();
}

void PriceCard::presentChart()
{
    if (!m_snapshot)
        return;
    const auto row = std::ranges::find(m_snapshot->tokens, m_token, &TokenRow::token);
    const bool isThere = row != m_snapshot->tokens.end();
    m_price->setText(isThere ? formatPrice(row->price) : noValue);
    m_change->setText(isThere ? formatChange(row->priceChange24h) : QString());
    setTone(m_change, toneOf(isThere ? directionOf(row->priceChange24h) : Direction::Flat));
    const auto window = LatencyHistory::windows[static_cast<std::size_t>(m_window->chosen())];
    const auto prices = m_history->pricesOfAnHour.of(m_token);
    m_chart->draw(window, m_snapshot->takenMs, {&prices});
}

} // namespace odin
