// Identity from outside: each way that a token can come, what it allows on both ports, how it is renewed and taken back.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import WebSocket from 'ws';
import { startGateway, temporaryFolder, tokenFor } from './harness.mjs';
import { eventually, within } from './waiting.mjs';

const READY = ['--auth', 'required', '--interval', '50', '--tokens', 'BTC,ETH,SOL'];

/** What became of a WebSocket: its messages, and the status of a refusal or the code of its end. */
class Peer {
  messages = [];
  status = undefined;
  code = undefined;

  constructor(t, url, protocols, headers) {
    this.socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false });
    this.socket.on('message', (data) => this.messages.push(JSON.parse(data)));
    this.socket.on('unexpected-response', (_, answer) => {
      this.status = answer.statusCode;
      this.challenge = answer.headers['www-authenticate'];
      this.socket.terminate();
    });
    this.socket.on('close', (code) => (this.code ??= code));
    this.socket.on('error', () => {});
    t.after(() => this.socket.terminate());
  }

  of(type) {
    return this.messages.filter((message) => message.type === type);
  }

  heard(type, ms = 15_000) {
    return eventually(`${type}; heard ${JSON.stringify(this.messages).slice(0, 300)}, ${this.status}, ${this.code}`, () => this.of(type).at(-1), ms);
  }

  refused(ms = 15_000) {
    return eventually('a refusal', () => this.status, ms);
  }

  closed(ms = 15_000) {
    return eventually('the close', () => this.code, ms);
  }

  say(command) {
    this.socket.send(JSON.stringify(command));
  }
}

const bearer = (token) => ['odin.v1.json', `odin.bearer.${Buffer.from(token).toString('base64url')}`];

test('each way that a token can come', { timeout: 90_000 }, async (t) => {
  const gateway = await startGateway(t, READY);
  const token = await tokenFor(gateway, ['--sub', 'alice', '--prices', 'BTC,ETH']);
  const forged = `${token.slice(0, -6)}AAAAAA`;
  const subscribed = async (peer) => {
    const { tokens } = await peer.heard('subscribed');
    assert.deepEqual(tokens, ['BTC', 'ETH']);
    await peer.heard('price:update');
    assert.ok(peer.of('price:update').every(({ tokenId }) => tokenId !== 'SOL'));
  };

  await t.test('in the header', async (t) => subscribed(new Peer(t, `${gateway.ws}?tokens=*`, 'odin.v1.json', { Authorization: `Bearer ${token}` })));
  await t.test('among the subprotocols, of which only ours is echoed', async (t) => {
    const peer = new Peer(t, `${gateway.ws}?tokens=*`, bearer(token));
    await subscribed(peer);
    assert.equal(peer.socket.protocol, 'odin.v1.json');
  });
  await t.test('as the first message', async (t) => {
    const peer = new Peer(t, `${gateway.ws}?tokens=*`);
    assert.equal((await peer.heard('welcome')).authRequired, true);
    peer.say({ type: 'auth', id: 1, token });
    assert.equal((await peer.heard('authenticated')).id, 1);
    await subscribed(peer);
  });
  await t.test('a forged one is a 401 at the door and 4001 later, and says no more', async (t) => {
    for (const peer of [new Peer(t, gateway.ws, undefined, { Authorization: `Bearer ${forged}` }), new Peer(t, gateway.ws, bearer(forged))]) {
      assert.equal(await peer.refused(), 401);
      assert.match(peer.challenge, /^Bearer/);
    }
    const late = new Peer(t, gateway.ws);
    await late.heard('welcome');
    late.say({ type: 'auth', token: forged });
    assert.equal(await late.closed(), 4001);
  });
  await t.test('not in the address', async (t) => {
    const peer = new Peer(t, `${gateway.ws}?access_token=${token}`);
    assert.equal((await peer.heard('welcome')).authRequired, true);
    peer.say({ type: 'subscribe', tokens: ['*'] });
    assert.equal((await peer.heard('error')).code, 101);
  });
  const metrics = await gateway.metrics();
  assert.equal(metrics['odin_tokens_refused_total{reason="signature"}'], 3);
  assert.equal(metrics.odin_tokens_accepted_total, 3);
  assert.ok(![token, forged].some((secret) => (gateway.stdout + gateway.stderr).includes(secret)), 'no token in a log');
});

test('ten connections of a user, and no more; ten wrong tokens of an address, when caps are for this machine, too', { timeout: 90_000 }, async (t) => {
  const gateway = await startGateway(t, [...READY, '--caps-on-loopback', '--address-connects', '1000']);
  const [alice, bob] = [await tokenFor(gateway, ['--sub', 'alice']), await tokenFor(gateway, ['--sub', 'bob'])];
  const open = async (t, token) => {
    const peer = new Peer(t, gateway.ws, bearer(token));
    await eventually('an answer', () => peer.status || peer.of('welcome').length > 0);
    return peer;
  };
  const peers = [];
  for (let n = 0; n < 10; n += 1) peers.push(await open(t, alice));
  assert.ok(peers.every(({ status }) => status === undefined));
  assert.equal((await open(t, alice)).status, 429);
  assert.equal((await open(t, bob)).status, undefined);
  peers[0].socket.close();
  await eventually('the place of one that left', async () => (await open(t, alice)).status === undefined);

  for (let n = 0; n < 10; n += 1) assert.equal((await open(t, `${bob}x`)).status, 401);
  assert.equal((await open(t, bob)).status, 429, 'even a good one is not looked at');
  const metrics = await gateway.metrics();
  assert.ok(metrics['odin_door_turned_away_total{reason="user_connections"}'] >= 1);
  assert.ok(metrics['odin_door_turned_away_total{reason="failed_logins"}'] >= 1);
});

test('a revoked token ends its sessions, and the others go on', { timeout: 90_000 }, async (t) => {
  const list = path.join(temporaryFolder(), 'revoked');
  writeFileSync(list, '# nobody yet\n');
  const gateway = await startGateway(t, [...READY, '--auth-revoked', list]);
  const [alice, bob] = [await tokenFor(gateway, ['--sub', 'alice', '--jti', 'lost-phone']), await tokenFor(gateway, ['--sub', 'bob'])];
  const [first, second] = [new Peer(t, `${gateway.ws}?tokens=*`, bearer(alice)), new Peer(t, `${gateway.ws}?tokens=*`, bearer(bob))];
  await Promise.all([first.heard('price:update'), second.heard('price:update')]);
  appendFileSync(list, 'lost-phone\n');
  gateway.signal('SIGHUP');
  assert.equal(await first.closed(), 4001);
  const soFar = second.messages.length;
  await eventually('the other goes on', () => second.messages.length > soFar + 10);
  assert.equal(await new Peer(t, gateway.ws, bearer(alice)).refused(), 401);
});

test('the operators\' port: who may do what', { timeout: 90_000 }, async (t) => {
  const gateway = await startGateway(t, READY);
  const file = path.join(gateway.folder, 'state/admin-token');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const callers = {
    nobody: undefined,
    viewer: await tokenFor(gateway, ['--sub', 'vera']),
    operator: await tokenFor(gateway, ['--sub', 'olaf', '--role', 'operator']),
    admin: readFileSync(file, 'utf8').trim(),
  };
  const client = new Peer(t, `${gateway.ws}?tokens=*`, bearer(callers.viewer));
  const { sessionId } = await client.heard('welcome');
  const ask = async (caller, method, where, body) => {
    const headers = { ...(callers[caller] && { authorization: `Bearer ${callers[caller]}` }), ...(body && { 'content-type': 'application/json' }) };
    const answer = await within('an answer', fetch(new URL(where, gateway.admin), { method, headers, body }), 10_000);
    await answer.arrayBuffer();
    return answer.status;
  };
  const expected = [
    ['GET', '/livez', undefined, { nobody: 200, viewer: 200, operator: 200, admin: 200 }],
    ['GET', '/metrics', undefined, { nobody: 200, viewer: 200, operator: 200, admin: 200 }],
    ['GET', '/api/v1/status', undefined, { nobody: 200, viewer: 200, operator: 200, admin: 200 }],
    ['GET', '/api/v1/clients', undefined, { nobody: 401, viewer: 401, operator: [200, 503], admin: [200, 503] }],
    ['GET', `/api/v1/clients/${sessionId}`, undefined, { nobody: 401, viewer: 401, operator: [200, 503], admin: [200, 503] }],
    ['POST', `/api/v1/clients/${sessionId}/limit`, '{"maxHz":1}', { nobody: 401, viewer: 401, operator: 202, admin: 202 }],
    ['POST', '/api/v1/reload', '{}', { nobody: 401, viewer: 401, operator: 202, admin: 202 }],
  ];
  for (const [method, where, body, answers] of expected) {
    for (const [caller, status] of Object.entries(answers)) {
      const got = await ask(caller, method, where, body);
      assert.ok([status].flat().includes(got), `${method} ${where} by ${caller}: ${got}`);
    }
  }
  assert.equal(await ask('operator', 'DELETE', `/api/v1/clients/${sessionId}`), 202);
  assert.equal(await client.closed(), 4006);
  await gateway.says(/DELETE \/api\/v1\/clients\/\S+ by olaf from 127\.0\.0\.1: 202/);
  assert.equal(await ask('admin', 'POST', '/api/v1/drain', '{}'), 202);
  assert.equal((await gateway.exit()).code, 0);
});
