// The built library as another program's compiler sees it, by the package's own name.

import { OdinClient, RequestError, type ClientState, type PriceUpdate } from 'odin-webclient';

const client = new OdinClient({ url: 'wss://gateway/ws', token: async (need) => (need === 'renew' ? 'fresh' : 'any') });
client.on('update', ({ update, deliveryMs }) => takes<PriceUpdate, number | undefined>(update, deliveryMs));
client.on('state', (state) => takes<ClientState, string | undefined>(state, state.name === 'stopped' ? state.reason : undefined));
client.subscribe({ tokens: ['*'], mode: 'latest', maxHz: 2 });
void client.history('BTC', { limit: 10 }).then(
  (updates) => takes<PriceUpdate[], number>(updates, updates.length),
  (error: unknown) => takes<boolean, boolean>(error instanceof RequestError, client.wake() === undefined),
);

// @ts-expect-error there is no such event
client.on('nonsense', () => undefined);
// @ts-expect-error there is no such mode
client.subscribe({ tokens: ['BTC'], mode: 'fast' });
// @ts-expect-error the state is read only
client.state = { name: 'live' };

function takes<A, B>(...values: [A, B]): void {
  void values;
}
