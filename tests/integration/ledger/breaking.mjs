// Carries out what a schedule says: one function for each kind of fault. Each ends when its fault is over.

import { eventually, sleep } from '../waiting.mjs';

const DELAY = { delayMs: 150, jitterMs: 150 };

// One thing is broken once at a time, even when it took longer to become whole than the schedule thought.
const turns = new WeakMap();

function inTurn(thing, act) {
  const turn = (turns.get(thing) ?? Promise.resolve()).then(act);
  turns.set(thing, turn.catch(() => {})); // who broke it is told
  return turn;
}

const onProxy = (proxy, faults, ms) =>
  inTurn(proxy, async () => {
    await proxy.tell({ faults });
    await sleep(ms);
    await proxy.tell({ faults: {} });
  });

/** Does something to the present connection of each client, where there is one. */
function onClients(setting, { clients }, act) {
  return Promise.all(clients.map(async (n) => {
    const reader = setting.readers[n];
    const proxy = setting.gateways[reader.door].door;
    const connection = reader.localPort && (await proxy.connectionOf(reader.localPort));
    if (connection) await act(proxy, connection);
  }));
}

const troubleClients = (faultsOf) => (setting, fault) =>
  onClients(setting, fault, async (proxy, connection) => {
    await proxy.tell({ faults: faultsOf(fault), connection });
    await sleep(fault.ms);
    await proxy.tell({ faults: {}, connection }); // gone meanwhile, perhaps
  });

const gatewayOf = (setting, { gateway }) => setting.gateways[gateway];

const BREAK = {
  brokerKill: ({ broker }, { ms }) =>
    inTurn(broker, async () => {
      await broker.stop();
      await sleep(ms);
      await broker.start();
    }),

  brokerStop: ({ broker }, { ms }) =>
    inTurn(broker, async () => {
      broker.running.signal('SIGSTOP');
      await sleep(ms);
      broker.running.signal('SIGCONT');
    }),

  gatewayKill: (setting, fault) =>
    inTurn(gatewayOf(setting, fault), async () => {
      await gatewayOf(setting, fault).kill();
      await sleep(fault.ms);
      await gatewayOf(setting, fault).start();
    }),

  busCut: (setting, fault) => gatewayOf(setting, fault).bus.tell({ cut: true }),
  busStall: (setting, fault) => onProxy(gatewayOf(setting, fault).bus, { stall: fault.stall }, fault.ms),
  busHalfOpen: (setting, fault) => gatewayOf(setting, fault).bus.tell({ halfOpen: true }),
  busDelay: (setting, fault) => onProxy(gatewayOf(setting, fault).bus, DELAY, fault.ms),

  doorCut: (setting, fault) => gatewayOf(setting, fault).door.tell({ cut: true }),
  doorDelay: (setting, fault) => onProxy(gatewayOf(setting, fault).door, DELAY, fault.ms),
  async doorRefuse(setting, fault) {
    await gatewayOf(setting, fault).door.tell({ refuse: true });
    await sleep(fault.ms);
    await gatewayOf(setting, fault).door.tell({ refuse: false });
  },

  clientCut: (setting, fault) => onClients(setting, fault, (proxy, connection) => proxy.tell({ cut: connection })),
  clientHalfOpen: (setting, fault) => onClients(setting, fault, (proxy, connection) => proxy.tell({ halfOpen: connection })),
  clientStall: troubleClients(({ stall }) => ({ stall })),
  clientSlow: troubleClients(({ bytesPerSecond }) => ({ bytesPerSecond })),

  async readerPause({ readers }, { clients, ms }) {
    clients.forEach((n) => readers[n].pause());
    await sleep(ms);
    clients.forEach((n) => readers[n].resume());
  },

  /** The broker stores what was sent, and its acknowledgements never arrive. */
  lateAck: ({ writerProxy, writer }, { ms }) =>
    inTurn(writerProxy, async () => {
      const before = writer.count;
      await writerProxy.tell({ faults: { stall: 'down' } });
      await eventually('something is published meanwhile', () => writer.count > before || writer.waiting > 0);
      await sleep(ms);
      await writerProxy.tell({ cut: true });
      await writerProxy.tell({ faults: {} });
    }),
};

/** All of a schedule; ends when its last fault is over and everything is whole again. */
export async function breakThings(setting, schedule, say = () => {}) {
  const start = Date.now();
  const broken = await Promise.allSettled(schedule.map(async (fault) => {
    await sleep(Math.max(0, start + fault.at - Date.now()));
    say(`${((Date.now() - start) / 1000).toFixed(2)} s  ${JSON.stringify(fault)}`);
    await BREAK[fault.kind](setting, fault);
  }));
  for (const { reason } of broken) if (reason) throw reason; // after all have ended: they start programs
  for (const gateway of setting.gateways) await gateway.calm();
}
