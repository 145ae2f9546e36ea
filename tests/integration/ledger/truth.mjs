// What every client should have got: the stream's own content, by token, in the stream's order.

export class Truth {
  tokens = new Map(); // token -> { seqs, nonces, places: seq -> position }
  batches = new Set(); // sequences of messages with several updates
  stored = new Map(); // message id -> seq

  /** One message of the stream; `updates` are those in it. */
  add({ seq, id, updates, isBatch }) {
    this.stored.set(id, seq);
    if (isBatch) this.batches.add(seq);
    for (const { tokenId, nonce } of updates) {
      const token = this.of(tokenId);
      token.places.set(seq, token.seqs.length);
      token.seqs.push(seq);
      token.nonces.push(nonce);
    }
  }

  of(tokenId) {
    if (!this.tokens.has(tokenId)) this.tokens.set(tokenId, { seqs: [], nonces: [], places: new Map() });
    return this.tokens.get(tokenId);
  }

  get updates() {
    return [...this.tokens.values()].reduce((sum, { seqs }) => sum + seqs.length, 0);
  }
}

/** What is wrong between the publisher's acknowledgements (id -> seq) and the stream. */
export function storageFaults(acked, truth) {
  const faults = [];
  for (const [id, seq] of acked) {
    if (!truth.stored.has(id)) faults.push({ kind: 'lost', text: `${id} was acknowledged as ${seq} and is not in the stream` });
    else if (truth.stored.get(id) !== seq) faults.push({ kind: 'altered', text: `${id}: acknowledged as ${seq}, stored as ${truth.stored.get(id)}` });
  }
  for (const id of truth.stored.keys()) if (!acked.has(id)) faults.push({ kind: 'unknown', text: `${id} is stored and was never acknowledged` });
  return faults;
}
