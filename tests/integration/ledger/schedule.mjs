// What is broken when, for how long: a list that follows from a seed.

import { Random } from './random.mjs';

export const GATEWAYS = [0, 1];

// For each kind how long it lasts (ms), what it holds so that no two faults of the same thing overlap, and what else it needs.
const anyGateway = (random) => ({ gateway: random.pick(GATEWAYS) });
const someClients = (random, clients) => ({ clients: random.some([...Array(clients).keys()], Math.ceil(clients / 3)) });
const aStall = (random) => ({ stall: random.pick(['up', 'down', 'both']) });

const KINDS = {
  brokerKill: { lasts: [200, 1_500], holds: () => 'broker' },
  brokerStop: { lasts: [1_000, 4_000], holds: () => 'broker' },
  gatewayKill: { lasts: [200, 1_500], holds: ({ gateway }) => `gateway ${gateway}`, needs: anyGateway },
  busCut: { lasts: [0, 0], holds: ({ gateway }) => `bus ${gateway}`, needs: anyGateway },
  busStall: { lasts: [500, 4_000], holds: ({ gateway }) => `bus ${gateway}`, needs: (random) => ({ ...anyGateway(random), ...aStall(random) }) },
  busHalfOpen: { lasts: [0, 0], holds: ({ gateway }) => `bus ${gateway}`, needs: anyGateway },
  busDelay: { lasts: [1_000, 4_000], holds: ({ gateway }) => `bus ${gateway}`, needs: anyGateway },
  doorDelay: { lasts: [1_000, 4_000], holds: ({ gateway }) => `door ${gateway}`, needs: anyGateway },
  doorRefuse: { lasts: [500, 3_000], holds: ({ gateway }) => `door ${gateway}`, needs: anyGateway },
  doorCut: { lasts: [0, 0], holds: ({ gateway }) => `door ${gateway}`, needs: anyGateway },
  clientCut: { lasts: [0, 0], needs: someClients },
  clientStall: { lasts: [1_000, 5_000], needs: (random, clients) => ({ ...someClients(random, clients), ...aStall(random) }) },
  clientSlow: { lasts: [2_000, 6_000], needs: (random, clients) => ({ ...someClients(random, clients), bytesPerSecond: random.between(20, 150) * 1_000 }) },
  clientHalfOpen: { lasts: [0, 0], needs: someClients },
  readerPause: { lasts: [1_000, 4_000], needs: someClients },
  lateAck: { lasts: [30, 200], holds: () => 'publisher' },
};

/** [{ kind, at, ms, ... }], in order of `at`: all over after `ms`. Every kind comes before any comes again. */
export function makeSchedule(seed, { ms, clients }) {
  const random = new Random(seed);
  const schedule = [];
  const freeAt = new Map();
  let deck = [];
  for (let at = random.between(300, 1_000); at < ms; at += random.between(150, 900)) {
    if (deck.length === 0) deck = random.shuffled(Object.keys(KINDS));
    const { place, fault } = nextFault(deck, at, { random, freeAt, ms, clients });
    if (!fault) continue;
    deck.splice(place, 1);
    schedule.push(fault);
  }
  return schedule;
}

/** The first of the deck whose thing is whole now and that will be over in time. */
function nextFault(deck, at, { random, freeAt, ms, clients }) {
  for (const [place, kind] of deck.entries()) {
    const { lasts, holds, needs } = KINDS[kind];
    const fault = { kind, at, ms: random.between(...lasts), ...needs?.(random, clients) };
    const thing = holds?.(fault);
    if (at + fault.ms > ms || (thing && (freeAt.get(thing) ?? -1) >= at)) continue;
    if (thing) freeAt.set(thing, at + fault.ms);
    return { place, fault };
  }
  return {};
}
