// The ledger of one client: its history against the truth, event by event. Every hole, repetition, step back or wrong count
// is a fault, unless the gateway has declared the gap (recovered:false).
//
// A history is a list of { kind: 'subscribed', asked?, recovered?, mode }, { kind: 'resumed' }, { kind: 'snapshot', updates },
// { kind: 'update', update } and { kind: 'refused', code, reason }. A position is a place in the token's list of the truth; -1 is before its first update.

const BEFORE_ALL = -1;

export class Checker {
  faults = []; // { kind, text }
  counts = { updates: 0, conflated: 0, repeated: 0, resumes: 0, declared: 0, skipped: 0 };

  /** `tokens` undefined: all. */
  constructor(truth, { tokens } = {}) {
    this.truth = truth;
    this.tokens = tokens;
    this.last = new Map(); // token -> position
    this.connection = this.newConnection({});
  }

  /** Goes through a history; at its end nothing may be missing. */
  check(history) {
    for (const event of history) this[event.kind](event);
    for (const tokenId of this.tokens ?? this.truth.tokens.keys()) this.checkTail(tokenId);
    return this;
  }

  subscribed(event) {
    this.connection = this.newConnection(event);
    if (event.asked) this.counts.resumes += 1;
    if (event.asked && typeof event.recovered !== 'boolean') this.fault('unanswered', `resume from ${event.asked.seq}: recovered is ${event.recovered}`);
    if (event.recovered === false) this.counts.declared += 1;
  }

  resumed() {
    this.connection.isReplay = false;
  }

  refused({ code, reason }) {
    this.fault('refused', `error ${code}: ${reason}`);
  }

  /** The latest of each token: right at a first subscription and after a declared gap, and never of the past. */
  snapshot({ updates }) {
    const { recovered, seen } = this.connection;
    const mayJump = recovered === false && seen.size === 0;
    if (recovered === true) this.fault('unasked', 'a snapshot although everything was recovered');
    for (const update of updates) {
      const at = this.placeOf(update);
      const last = this.last.get(update.tokenId);
      if (at === undefined) continue;
      if (last !== undefined && at < last) this.fault('order', `${name(update)} in a snapshot, behind what came before`);
      if (last !== undefined && at > last && !mayJump) this.fault('lost', `${name(update)} in a snapshot that no gap explains`);
      if (last !== undefined && at > last) this.counts.skipped += at - last - 1;
      this.last.set(update.tokenId, Math.max(at, last ?? BEFORE_ALL));
    }
  }

  update({ update }) {
    const at = this.placeOf(update);
    if (at === undefined) return;
    const last = this.last.get(update.tokenId) ?? BEFORE_ALL;
    const isFirst = !this.connection.seen.has(update.tokenId);
    this.connection.seen.add(update.tokenId);
    this.checkOrder(update);
    if (at <= last) {
      this.checkRepeated(update, isFirst, at === last);
    } else {
      this.checkStep(update, at, last, isFirst);
      this.last.set(update.tokenId, at);
      this.counts.updates += 1;
    }
  }

  newConnection({ asked, recovered, mode }) {
    return { asked, recovered, mode, isReplay: recovered === true, seen: new Set(), newest: 0 };
  }

  /** What is never thinned comes in the stream's order, all tokens together; so a resume from the highest seq misses nothing. */
  checkOrder(update) {
    const { connection } = this;
    if (connection.mode === 'stream' && update.seq < connection.newest) this.fault('order', `${name(update)} after ${connection.newest} of another token`);
    connection.newest = Math.max(connection.newest, update.seq);
  }

  placeOf(update) {
    const { places, nonces } = this.truth.of(update.tokenId);
    const at = places.get(update.seq);
    if (this.tokens && !this.tokens.includes(update.tokenId)) this.fault('unasked', `${name(update)} of a token that was not subscribed`);
    else if (at === undefined) this.fault('unknown', `${name(update)} is not in the stream`);
    else if (nonces[at] !== update.nonce) this.fault('altered', `${name(update)}: nonce ${update.nonce}, stored was ${nonces[at]}`);
    else return at;
    return undefined;
  }

  /** Only updates of the batch that the resume named may come again, once. */
  checkRepeated(update, isFirst, isLast) {
    const { asked, isReplay } = this.connection;
    if (isReplay && isFirst && asked?.seq === update.seq && this.truth.batches.has(update.seq)) this.counts.repeated += 1;
    else if (isLast) this.fault('duplicate', `${name(update)} again`);
    else this.fault('order', `${name(update)} after a newer one`);
  }

  /** What lies between the last one and this must be accounted for, exactly; `prev` names the one before, on every gateway. */
  checkStep(update, at, last, isFirst) {
    const missing = at - last - 1;
    const conflated = update.conflated ?? 0;
    const { seqs } = this.truth.of(update.tokenId);
    this.counts.conflated += conflated;
    if (conflated > 0 && this.connection.mode === 'stream') this.fault('conflated', `${name(update)} is thinned in mode stream`);
    if (missing > 0 && conflated === 0) this.fault('lost', `${missing} before ${name(update)}`);
    else if (missing !== conflated) this.fault('conflated', `${name(update)} says ${conflated}, ${missing} are missing`);
    const mayBeUnknown = this.connection.isReplay && isFirst;
    const before = at === 0 ? 0 : seqs[at - 1];
    if (update.prev !== before && !(mayBeUnknown && update.prev === 0)) this.fault('chain', `${name(update)}: prev ${update.prev}, not ${before}`);
  }

  checkTail(tokenId) {
    const { seqs } = this.truth.of(tokenId);
    const missing = seqs.length - 1 - (this.last.get(tokenId) ?? BEFORE_ALL);
    if (missing > 0) this.fault('lost', `the last ${missing} of ${tokenId}, up to ${seqs.at(-1)}`);
  }

  fault(kind, text) {
    this.faults.push({ kind, text });
  }
}

const name = ({ tokenId, seq }) => `${tokenId} ${seq}`;
