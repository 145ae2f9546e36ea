// The palette for what is drawn on a canvas, which knows no CSS variables. Read once for each colour scheme.

export type ColourName = 'up' | 'down' | 'muted' | 'accent' | 'surface' | 'border';

const LIGHT = '(prefers-color-scheme: light)';

export class Colours {
  private readonly style = getComputedStyle(document.documentElement);
  private readonly known = new Map<ColourName, string>();
  private schemes = 0;

  constructor() {
    matchMedia(LIGHT).addEventListener('change', () => {
      this.known.clear();
      this.schemes += 1;
    });
  }

  /** Another number for another scheme: what was drawn before must be drawn again. */
  get revision(): number {
    return this.schemes;
  }

  of(name: ColourName): string {
    let colour = this.known.get(name);
    if (colour === undefined) {
      colour = this.style.getPropertyValue(`--${name}`).trim();
      this.known.set(name, colour);
    }
    return colour;
  }
}
