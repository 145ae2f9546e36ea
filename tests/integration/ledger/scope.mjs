// What `t` is to a test, for a run of its own: everything that was started ends with it, in the opposite order.

export class Scope {
  endings = [];

  after(ending) {
    this.endings.push(ending);
  }

  /** Runs all of them; fails afterwards if any did (a sanitizer's report in a program's end, say). */
  async close() {
    const errors = [];
    for (const ending of this.endings.reverse()) await Promise.resolve(ending()).catch((error) => errors.push(error));
    this.endings = [];
    if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  }
}
