// The line in a row: the token's last prices on a small canvas, as wide as its column. Drawn while it can be seen.

import type { ColourName, Colours } from './colours.ts';
import { trendLine, type Trend } from './trend.ts';

/** Of the height of the box. */
const LINE_WIDTH = 1 / 15;

/** What all lines of a table share. `width` and `height` in CSS pixels follow the column. */
export interface SparklineBox {
  width: number;
  height: number;
  readonly colours: Colours;
}

export class Sparkline {
  readonly element = document.createElement('canvas');
  private readonly box: SparklineBox;
  private drawn = '';

  constructor(box: SparklineBox) {
    this.box = box;
    this.element.className = 'sparkline';
    this.element.ariaHidden = 'true';
  }

  /** Only if it would look different. */
  draw(trend: Trend, colour: ColourName): void {
    const { width, height, colours } = this.box;
    const state = `${trend.revision} ${colour} ${colours.revision} ${width} ${height} ${devicePixelRatio}`;
    if (state === this.drawn || width <= 0) return;
    this.drawn = state;
    const context = this.cleared(width, height);
    if (context) stroke(context, trend.prices, this.box, colours.of(colour));
  }

  private cleared(width: number, height: number): CanvasRenderingContext2D | null {
    const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (this.element.width !== wide) this.element.width = wide;
    if (this.element.height !== high) this.element.height = high;
    const context = this.element.getContext('2d');
    context?.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context?.clearRect(0, 0, width, height);
    return context;
  }
}

function stroke(context: CanvasRenderingContext2D, prices: readonly number[], { width, height }: SparklineBox, colour: string): void {
  const wide = height * LINE_WIDTH;
  context.beginPath();
  for (const [x, y] of trendLine(prices, width - 2 * wide, height - 2 * wide)) context.lineTo(x + wide, y + wide);
  context.strokeStyle = colour;
  context.lineWidth = wide;
  context.lineJoin = 'round';
  context.stroke();
}
