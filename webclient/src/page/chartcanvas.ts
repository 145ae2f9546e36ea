// The drawing of a price series. The only file that knows the chart library, and loaded only when a chart is opened.

import { CandlestickSeries, ColorType, createChart, LineSeries, TickMarkType } from 'lightweight-charts';
import type { ChartOptions, DeepPartial, IChartApi, ISeriesApi, SeriesType, Time, UTCTimestamp } from 'lightweight-charts';
import { candlesOf, candleTime, type ChartStyle } from './candles.ts';
import type { Colours } from './colours.ts';
import { decimalsOf, formatClock, formatDay, formatPrice } from './format.ts';
import type { Bar, PriceSeries } from './series.ts';

/** With fewer bars the library's own spacing is better than the full width. */
const FIT_BARS_MIN = 60;
const BAR_PIXELS = { line: 6, candle: 10 };

/** One way to show bars. */
interface Drawing {
  readonly api: ISeriesApi<SeriesType>;
  set(bars: readonly Bar[]): void;
  add(bar: Bar): void;
  recolour(colours: Colours): void;
}

export class ChartCanvas {
  private readonly container: HTMLElement;
  private readonly colours: Colours;
  private readonly chart: IChartApi;
  private drawing: Drawing | undefined;
  private style: ChartStyle | undefined;
  private revision = -1;
  private scheme = -1;
  private drawnTo = 0;

  constructor(container: HTMLElement, colours: Colours) {
    this.container = container;
    this.colours = colours;
    this.chart = createChart(container, { ...BEHAVIOUR, ...look(container, colours) });
  }

  /** Only what changed since the last time. */
  draw(series: PriceSeries, style: ChartStyle): void {
    if (style !== this.style) this.choose(style);
    if (this.scheme !== this.colours.revision) this.recolour();
    if (series.revision === this.revision) this.goOn(series, style);
    else this.redraw(series, style);
    this.drawnTo = series.bars.at(-1)?.time ?? 0;
  }

  private choose(style: ChartStyle): void {
    if (this.drawing) this.chart.removeSeries(this.drawing.api);
    this.drawing = style === 'line' ? lineOf(this.chart) : candlesIn(this.chart);
    this.chart.applyOptions({ timeScale: { barSpacing: style === 'line' ? BAR_PIXELS.line : BAR_PIXELS.candle } });
    this.style = style;
    this.revision = -1;
    this.scheme = -1;
  }

  private goOn(series: PriceSeries, style: ChartStyle): void {
    const from = style === 'line' ? this.drawnTo : candleTime(this.drawnTo, style);
    for (const bar of shown(series.barsFrom(from), style)) this.drawing?.add(bar);
  }

  private redraw({ bars, revision }: PriceSeries, style: ChartStyle): void {
    const decimals = decimalsOf(bars.at(-1)?.close ?? 0);
    const formatter = (price: number): string => formatPrice(price, decimals);
    const list = shown(bars, style);
    this.drawing?.api.applyOptions({ priceFormat: { type: 'custom', minMove: 10 ** -decimals, formatter } });
    this.drawing?.set(list);
    if (list.length >= FIT_BARS_MIN) this.chart.timeScale().fitContent();
    else this.chart.timeScale().resetTimeScale();
    this.revision = revision;
  }

  private recolour(): void {
    this.chart.applyOptions(look(this.container, this.colours));
    this.drawing?.recolour(this.colours);
    this.scheme = this.colours.revision;
  }
}

const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;

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
  kineticScroll: { touch: !isCalm },
};

function look(element: HTMLElement, colours: Colours): DeepPartial<ChartOptions> {
  const style = getComputedStyle(element);
  return {
    layout: {
      attributionLogo: false,
      background: { type: ColorType.Solid, color: colours.of('surface') },
      textColor: colours.of('muted'),
      fontFamily: style.fontFamily,
      fontSize: parseFloat(style.fontSize),
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.of('border') } },
  };
}

function shown(bars: readonly Bar[], style: ChartStyle): readonly Bar[] {
  return style === 'line' ? bars : candlesOf(bars, style);
}

function lineOf(chart: IChartApi): Drawing {
  const api = chart.addSeries(LineSeries, { lineWidth: 2 });
  const point = ({ time, close }: Bar) => ({ time: time as UTCTimestamp, value: close });
  return {
    api,
    set: (bars) => api.setData(bars.map(point)),
    add: (bar) => api.update(point(bar)),
    recolour: (colours) => api.applyOptions({ color: colours.of('accent') }),
  };
}

function candlesIn(chart: IChartApi): Drawing {
  const api = chart.addSeries(CandlestickSeries, {});
  const candle = ({ time, open, high, low, close }: Bar) => ({ time: time as UTCTimestamp, open, high, low, close });
  return {
    api,
    set: (bars) => api.setData(bars.map(candle)),
    add: (bar) => api.update(candle(bar)),
    recolour: (colours) => {
      const [up, down] = [colours.of('up'), colours.of('down')];
      api.applyOptions({ upColor: up, borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down });
    },
  };
}
