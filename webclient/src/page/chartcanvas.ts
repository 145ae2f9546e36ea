// The drawing of a price series. The only file that knows the chart library, and loaded only when a chart is opened.

import { ColorType, createChart, LineSeries, TickMarkType } from 'lightweight-charts';
import type { ChartOptions, DeepPartial, IChartApi, ISeriesApi, Time, UTCTimestamp } from 'lightweight-charts';
import { decimalsOf, formatClock, formatDay, formatPrice } from './format.ts';
import type { Bar, PriceSeries } from './series.ts';

/** With fewer bars the library's own spacing is better than the full width. */
const FIT_BARS_MIN = 60;

export class ChartCanvas {
  private readonly container: HTMLElement;
  private readonly chart: IChartApi;
  private readonly line: ISeriesApi<'Line'>;
  private revision = -1;
  private drawnTo = 0;

  constructor(container: HTMLElement) {
    this.container = container;
    this.chart = createChart(container, { ...BEHAVIOUR, ...colours(container) });
    this.line = this.chart.addSeries(LineSeries, { lineWidth: 2 });
    this.recolour();
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => this.recolour());
  }

  /** Only what changed since the last time. */
  draw(series: PriceSeries): void {
    if (series.revision === this.revision) {
      for (const bar of series.barsFrom(this.drawnTo)) this.line.update(point(bar));
    } else {
      this.redraw(series);
    }
    this.drawnTo = series.bars.at(-1)?.time ?? 0;
  }

  private redraw({ bars, revision }: PriceSeries): void {
    const decimals = decimalsOf(bars.at(-1)?.value ?? 0);
    const formatter = (price: number): string => formatPrice(price, decimals);
    this.line.applyOptions({ priceFormat: { type: 'custom', minMove: 10 ** -decimals, formatter } });
    this.line.setData(bars.map(point));
    if (bars.length >= FIT_BARS_MIN) this.chart.timeScale().fitContent();
    else this.chart.timeScale().resetTimeScale();
    this.revision = revision;
  }

  private recolour(): void {
    this.chart.applyOptions(colours(this.container));
    this.line.applyOptions({ color: variable(this.container, '--accent') });
  }
}

/** The library has its own logo for this, but it brings a style element, which the page's policy forbids. */
const BEHAVIOUR: DeepPartial<ChartOptions> = {
  autoSize: true,
  localization: { locale: 'en-US', timeFormatter: (time: Time) => formatClock(Number(time)) },
  timeScale: {
    timeVisible: true,
    secondsVisible: true,
    borderVisible: false,
    rightOffset: 2,
    minBarSpacing: 0.1,
    tickMarkFormatter: (time: Time, type: TickMarkType) =>
      type < TickMarkType.Time ? formatDay(Number(time)) : formatClock(Number(time)),
  },
  rightPriceScale: { borderVisible: false },
  // A thumb on the chart still scrolls the page.
  handleScroll: { vertTouchDrag: false },
};

function colours(element: HTMLElement): DeepPartial<ChartOptions> {
  const style = getComputedStyle(element);
  const border = variable(element, '--border');
  return {
    layout: {
      attributionLogo: false,
      background: { type: ColorType.Solid, color: variable(element, '--surface') },
      textColor: variable(element, '--muted'),
      fontFamily: style.fontFamily,
      fontSize: parseFloat(style.fontSize),
    },
    grid: { vertLines: { visible: false }, horzLines: { color: border } },
  };
}

function variable(element: HTMLElement, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function point({ time, value }: Bar): { time: UTCTimestamp; value: number } {
  return { time: time as UTCTimestamp, value };
}
