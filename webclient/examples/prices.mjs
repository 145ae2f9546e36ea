// Prints prices as they come, over every reconnect, until it is stopped:
//   node prices.mjs [ws://127.0.0.1:8080/ws [BTC ETH ...]]
import { OdinClient } from 'odin-webclient';

const [url = 'ws://127.0.0.1:8080/ws', ...tokens] = process.argv.slice(2);
// Node has a WebSocket of its own from version 22 on; npm's ws does as well.
const WebSocket = globalThis.WebSocket ?? (await import('ws')).default;
const client = new OdinClient({ url, environment: { WebSocket } });

client.on('state', (state) => {
  const reason = 'reason' in state ? `: ${state.reason}` : '';
  console.error(`${state.name}${reason}`);
  if (state.name === 'stopped') process.exitCode = 1;
});
client.on('update', ({ update, origin, deliveryMs }) => {
  const late = deliveryMs === undefined ? origin : `${deliveryMs.toFixed(1)} ms`;
  console.log(update.tokenId.padEnd(8), String(update.price).padStart(16), late.padStart(10));
});
client.on('stale', (tokenId) => {
  const stale = client.staleFeed(tokenId);
  console.log(tokenId.padEnd(8), stale ? `silent for ${(stale.ageMs / 1000).toFixed(1)} s` : 'speaks again');
});
client.on('hole', ({ tokenId, last, update }) => {
  console.error(`${tokenId}: something between ${last} and ${update.seq} is missing`);
});

client.subscribe({ tokens: tokens.length > 0 ? tokens : ['*'] });
client.connect();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => client.disconnect());
