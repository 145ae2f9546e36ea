// At most one drawing per animation frame, however fast the prices come. A hidden tab draws nothing.

export class FrameLoop {
  private readonly draw: () => void;
  private requested = false;

  constructor(draw: () => void) {
    this.draw = draw;
  }

  request(): void {
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame(() => this.run());
  }

  private run(): void {
    this.requested = false;
    this.draw();
  }
}
