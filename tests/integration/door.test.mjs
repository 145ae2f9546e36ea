// The front door under abuse: each offender gets exactly the answer that is due, an honest client never notices, and the
// counters say what happened.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { Program, apart, startGateway, temporaryFolder } from './harness.mjs';
import { RawSocket, frame, upgradeRequest } from './rawsocket.mjs';
import { eventually, sleep } from './waiting.mjs';

const HOST = 'Host: localhost\r\n';
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
const SOCKET = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n${KEY}`;
const get = (fields = '', line = 'GET /livez HTTP/1.1') => `${line}\r\n${HOST}${fields}\r\n`;
const post = (fields, body = '') => get(fields, 'POST /livez HTTP/1.1') + body;
const ws = (fields = '', line = 'GET /ws HTTP/1.1', host = HOST) => `${line}\r\n${host}${SOCKET}${fields}\r\n`;
const wsWithout = (field, instead = '') => ws().replace(new RegExp(`${field}: .*\r\n`), instead);
const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part, 'latin1')));
const hex = (text) => Buffer.from(text, 'hex');

const TLS_HELLO = hex('160301020001000001fc0303' + 'ab'.repeat(64));
const V2 = hex('0d0a0d0a000d0a515549540a');
const CUT = 'cut';

// What is said, and the status of the answer.
const REFUSED = {
  'a TLS hello': [TLS_HELLO, 400],
  'an old SSL hello': [hex('802e0100020015000000100100800200800300800400800500800600400700c0'), 400],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  'NULs': [Buffer.alloc(2000), 400],
  'SMTP': ['EHLO example.com\r\nMAIL FROM:<a@b>\r\n\r\n', 400],
  'Redis': ['*1\r\n$4\r\nPING\r\n', 400],
  'SSH, and then nothing': ['SSH-2.0-OpenSSH_9.2\r\n', 408],
  'a PROXY header of nobody, version 1': ['PROXY TCP4 198.51.100.7 203.0.113.1 56324 443\r\n' + get(), 400],
  'a PROXY header of nobody, version 2': [bytes(V2, hex('2111000cc6336407cb007101dc0401bb'), get()), 400],

  'an empty line first': ['\r\n' + get(), 400],
  'a blank first': [' ' + get(), 400],
  'line feeds only': ['GET /livez HTTP/1.1\nHost: localhost\n\n', 400],
  'carriage returns only': ['GET /livez HTTP/1.1\rHost: localhost\r\r', 400],
  'a lone LF in a value': [get('X: a\nY: b\r\n'), 400],
  'a lone LF at the end of a value': [get('X: a\n\r\n'), 400],
  'a lone CR at the end of a value': [get('X: a\r\r\n'), 400],
  'a NUL in a value': [get('X: a\0b\r\n'), 400],
  'a NUL in the target': [get('', 'GET /\0 HTTP/1.1'), 400],
  'a control in a value': [get('X: \x01\r\n'), 400],
  'a folded line': [get('X: a\r\n b\r\n'), 400],
  'a blank before the colon': [get('X : a\r\n'), 400],
  'a field without a colon': [get('nonsense\r\n'), 400],
  'a field without a name': [get(': a\r\n'), 400],
  'a name that is not ASCII': [get('\xfc: a\r\n'), 400],
  'no version': [get('', 'GET /livez'), 400],
  'half a version': [get('', 'GET /livez HTTP/1'), 400],
  'a version in small letters': [get('', 'GET /livez http/1.1'), 400],
  'HTTP/0.9': [get('', 'GET /livez HTTP/0.9'), 505],
  'HTTP/2.0': [get('', 'GET /livez HTTP/2.0'), 505],
  'HTTP/9.9': [get('', 'GET /livez HTTP/9.9'), 505],
  'two blanks': [get('', 'GET  /livez HTTP/1.1'), 400],
  'a tab': [get('', 'GET\t/livez\tHTTP/1.1'), 400],
  'no target': [get('', 'GET HTTP/1.1'), 400],
  'a whole URL': [get('', 'GET http://localhost/livez HTTP/1.1'), 400],
  'the URL of another': [get('', 'GET http://evil.net/ HTTP/1.1'), 400],
  'CONNECT': [get('', 'CONNECT evil.net:443 HTTP/1.1'), 400],
  'a star': [get('', 'OPTIONS * HTTP/1.1'), 400],
  'a fragment': [get('', 'GET /livez#a HTTP/1.1'), 400],
  'half a percent': [get('', 'GET /livez%2 HTTP/1.1'), 400],
  'a target that is not ASCII': [bytes(get('', 'GET /\xff HTTP/1.1')), 400],

  'a target of 100 KB': [`GET /${'a'.repeat(100_000)}`, 431],
  'a field of 20 KB': [get(`X: ${'a'.repeat(20_000)}\r\n`), 431],
  'a head without end': [`GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(5_000)}`, 431],
  'a head of 4 MB': [get(`X: ${'a'.repeat(4_000_000)}\r\n`), 431],
  '200 fields': [get('X: y\r\n'.repeat(200)), 431],

  'no Host': ['GET /livez HTTP/1.1\r\n\r\n', 400],
  'two Hosts': [get('Host: evil.net\r\n'), 400],
  'an empty Host': ['GET /livez HTTP/1.1\r\nHost:\r\n\r\n', 400],
  'a Host with a user': ['GET /livez HTTP/1.1\r\nHost: localhost@evil.net\r\n\r\n', 400],
  'a Host with a path': ['GET /livez HTTP/1.1\r\nHost: localhost/evil\r\n\r\n', 400],
  'a Host with a bad port': ['GET /livez HTTP/1.1\r\nHost: localhost:99999\r\n\r\n', 400],
  'a rebound name': ['GET /config.json HTTP/1.1\r\nHost: evil.net:8080\r\n\r\n', 421],
  'a rebound name that looks local': ['GET /livez HTTP/1.1\r\nHost: localhost.evil.net\r\n\r\n', 421],
  'a name of nip.io': ['GET /livez HTTP/1.1\r\nHost: 127.0.0.1.nip.io\r\n\r\n', 421],
  'a WebSocket to a rebound name': [ws('Origin: http://evil.net\r\n', undefined, 'Host: evil.net\r\n'), 421],

  'chunks': [post('Transfer-Encoding: chunked\r\n', '0\r\n\r\n'), 501],
  'chunks and a length': [post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 501],
  'a length and chunks in disguise': [post('Content-Length: 5\r\nTransfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'), 400],
  'chunks, with a blank before the colon': [post('Transfer-Encoding : chunked\r\n', '0\r\n\r\n'), 400],
  'chunks twice': [post('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 501],
  'two lengths': [post('Content-Length: 5\r\nContent-Length: 6\r\n', 'hello'), 400],
  'two equal lengths': [post('Content-Length: 5\r\nContent-Length: 5\r\n', 'hello'), 400],
  'two equal lengths in one': [post('Content-Length: 5, 5\r\n', 'hello'), 400],
  'a negative length': [post('Content-Length: -5\r\n'), 400],
  'a signed length': [post('Content-Length: +5\r\n', 'hello'), 400],
  'a hexadecimal length': [post('Content-Length: 0x5\r\n', 'hello'), 400],
  'an endless length': [post('Content-Length: 99999999999999999999\r\n'), 400],
  'a body of 70 KB': [post('Content-Length: 70000\r\n'), 413],
  'a body that never comes': [post('Content-Length: 60000\r\n', 'abc'), 408],
  'waiting for 100': [post('Content-Length: 5\r\nExpect: 100-continue\r\n'), 417],

  '/ws without an upgrade': [get('', 'GET /ws HTTP/1.1'), 426],
  '/ws by POST': [ws('', 'POST /ws HTTP/1.1'), 405],
  '/ws in HTTP/1.0': [ws('', 'GET /ws HTTP/1.0'), 505],
  '/ws with a body': [ws('Content-Length: 5\r\n') + 'hello', 400],
  'a WebSocket elsewhere': [ws('', 'GET /elsewhere HTTP/1.1'), 404],
  'a WebSocket almost there': [ws('', 'GET //ws HTTP/1.1'), 404],
  'a WebSocket in disguise': [ws('', 'GET /%77s HTTP/1.1'), 404],
  'no Upgrade': [wsWithout('Upgrade'), 426],
  'h2c': [wsWithout('Upgrade', 'Upgrade: h2c\r\n'), 426],
  'no Connection': [wsWithout('Connection'), 426],
  'no version of WebSocket': [wsWithout('Sec-WebSocket-Version'), 426],
  'version 8': [wsWithout('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 8\r\n'), 426],
  'two versions': [ws('Sec-WebSocket-Version: 8\r\n'), 400],
  'no key': [wsWithout('Sec-WebSocket-Key'), 400],
  'a short key': [wsWithout('Sec-WebSocket-Key', 'Sec-WebSocket-Key: AAAA\r\n'), 400],
  'a long key': [wsWithout('Sec-WebSocket-Key', `Sec-WebSocket-Key: ${'A'.repeat(44)}\r\n`), 400],
  'a key that is no base64': [wsWithout('Sec-WebSocket-Key', 'Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n'), 400],
  'two keys': [ws(KEY), 400],
  'a line too long for an upgrade': [ws(`X: ${'a'.repeat(9000)}\r\n`), 431],
  'a frame behind the upgrade': [bytes(ws(), frame(0x81, '{}')), 400],
  'a request behind the upgrade': [ws() + get(), 400],
  'tokens of nobody': [ws('', 'GET /ws?tokens=%00,%3Cscript%3E HTTP/1.1'), 400],
  'tokens as markup': [ws('', 'GET /ws?tokens=<script> HTTP/1.1'), 400],

  'another origin': [ws('Origin: https://evil.net\r\n'), 403],
  'null': [ws('Origin: null\r\n'), 403],
  'no origin in Origin': [ws('Origin:\r\n'), 403],
  'an origin that begins so': [ws('Origin: http://localhost.evil.net\r\n'), 403],
  'an origin that ends so': [ws('Origin: http://evillocalhost\r\n'), 403],
  'another port': [ws('Origin: http://localhost:8080\r\n'), 403],
  'an origin in capitals': [ws('Origin: HTTP://LOCALHOST\r\n'), 403],
  'an origin with a path': [ws('Origin: http://localhost/\r\n'), 403],
  'an origin with a user': [ws('Origin: http://localhost@evil.net\r\n'), 403],
  'two origins': [ws('Origin: http://localhost\r\nOrigin: http://localhost\r\n'), 403],
  'two origins in one': [ws('Origin: http://localhost, http://localhost\r\n'), 403],
  'another origin that only reads': [get('Origin: https://evil.net\r\n'), 403],

  'half a head': ['GET /ws HTTP/1.1\r\nHost: loc', 408],
  'nothing': ['', CUT],
};

// Served or refused by the server behind the door: one answer, whatever follows.
const SERVED = {
  'two requests at once': [get() + get(), 200],
  'a hundred requests at once': [get().repeat(100), 200],
  'a request in a body': [post(`Content-Length: ${get().length}\r\n`, get()), 405],
  'a request behind a body': [post('Content-Length: 5\r\n', 'hello' + get()), 405],
  'a request in the body of a GET': [get(`Content-Length: ${ws().length}\r\n`) + ws(), 200],
  'HTTP/1.0': [get('', 'GET /livez HTTP/1.0'), 200],
  'keep-alive': [get('Connection: keep-alive\r\n') + get(), 200],
  'a method that nobody knows': [get('', 'BREW /livez HTTP/1.1'), 405],
  'TRACE': [get('', 'TRACE /livez HTTP/1.1'), 405],
  'dots': [get('', 'GET /../../../../etc/passwd HTTP/1.1'), 404],
  'dots in percent': [get('', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1'), 404],
  'a NUL in percent': [get('', 'GET /index.html%00.js HTTP/1.1'), 404],
  'an override of the method': [get('X-HTTP-Method-Override: DELETE\r\n'), 200],
};

const statusOf = (peer) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(peer.received.toString('latin1'))?.[1] ?? 0) || CUT;
const answersOf = (peer) => peer.received.toString('latin1').match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;
const reasonOf = (status) => ({ 403: 'origin', 421: 'host', 408: 'deadline', [CUT]: 'deadline' })[status] ?? 'request';
const turnedAway = (reason) => `odin_door_turned_away_total{reason="${reason}"}`;

async function answered(t, gateway, table) {
  const peers = Object.entries(table).map(([name, [said, status]]) => ({ name, status, peer: new RawSocket(t, gateway.page).say(said) }));
  for (const { name, status, peer } of peers) {
    await peer.end(30_000).catch((error) => assert.fail(`${name}: ${error.message}`));
    assert.equal(statusOf(peer), status, `${name}: ${peer.received.toString('latin1').slice(0, 300)}`);
    assert.ok(answersOf(peer) <= 1, `${name}: one answer, not ${answersOf(peer)}`);
  }
}

/** Says the parts of a request at intervals, until somebody has had enough. */
async function trickle(peer, parts) {
  for (const part of parts) {
    if (peer.isClosed) return;
    peer.say(part);
    await sleep(200);
  }
}

test('abuse at the door', { timeout: 180_000 }, async (t) => {
  assert.ok(Object.keys(REFUSED).length + Object.keys(SERVED).length > 100);
  const gateway = await startGateway(t, ['--interval', '20']);
  const honest = await new Client(t, `${gateway.ws}?tokens=*`).open();
  const fromPage = new RawSocket(t, gateway.page).say(ws('Origin: http://localhost\r\n'));
  await eventually('a page of the same host is let in', () => statusOf(fromPage) === 101);

  await t.test('each gets its answer', async (t) => {
    const before = await gateway.metrics();
    await answered(t, gateway, REFUSED);
    await answered(t, gateway, SERVED);
    const after = await gateway.metrics();
    const grown = (name) => after[name] - before[name];
    const expected = {};
    for (const [, status] of Object.values(REFUSED)) expected[reasonOf(status)] = (expected[reasonOf(status)] ?? 0) + 1;
    for (const [reason, count] of Object.entries(expected)) assert.equal(grown(turnedAway(reason)), count, reason);
    assert.equal(grown('odin_door_refused_total'), Object.keys(REFUSED).length);
    assert.equal(grown('odin_http_requests_total'), Object.keys(SERVED).length);
    assert.equal(grown('odin_connections_accepted_total'), Object.keys(REFUSED).length + Object.keys(SERVED).length);
    assert.equal(grown('odin_sessions_opened_total'), 0);
  });

  await t.test('trickled heads and bodies are ended', async (t) => {
    const head = new RawSocket(t, gateway.page);
    const fields = new RawSocket(t, gateway.page).say('GET /livez HTTP/1.1\r\n');
    const body = new RawSocket(t, gateway.page).say(post('Content-Length: 60000\r\n'));
    await Promise.all([trickle(head, get().repeat(20)), trickle(fields, Array(1000).fill('X: y\r\n')), trickle(body, 'a'.repeat(1000))]);
    for (const peer of [head, fields, body]) {
      await peer.end(30_000);
      assert.equal(statusOf(peer), 408);
    }
  });

  await t.test('a head in single bytes is a head', async (t) => {
    const peer = new RawSocket(t, gateway.page);
    for (const character of get()) peer.say(character);
    await peer.end();
    assert.equal(statusOf(peer), 200);
  });

  await t.test('hundreds that vanish', async (t) => {
    for (let n = 0; n < 300; n += 1) {
      const peer = new RawSocket(t, gateway.page).say(ws().slice(0, n % ws().length));
      if (n % 2) peer.socket.resetAndDestroy?.();
      else peer.socket.end();
    }
  });

  const { messages } = honest;
  const soFar = messages.length;
  await eventually('the honest client goes on', () => messages.length > soFar + 100);
  assert.deepEqual(chainFaults(messages), []);
  assert.equal(honest.socket.readyState, 1);
  assert.equal((await gateway.get('/livez')).status, 200);
  await eventually('all offenders are gone', async () => (await gateway.metrics()).odin_clients === 2, 30_000);
  const all = await gateway.metrics();
  const reasons = Object.entries(all).filter(([name]) => name.startsWith('odin_door_turned_away_total'));
  assert.equal(reasons.reduce((sum, [, count]) => sum + count, 0), all.odin_door_refused_total, 'the reasons add up');
});

test('the admin port is not for rebound names and foreign pages', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t, ['--hosts', 'gateway.example']);
  const ask = async (fields) => {
    const peer = new RawSocket(t, gateway.admin).say(`GET /livez HTTP/1.1\r\n${fields}\r\n`);
    await peer.end();
    return statusOf(peer);
  };
  assert.equal(await ask('Host: localhost\r\n'), 200);
  assert.equal(await ask('Host: gateway.example:8081\r\n'), 200);
  assert.equal(await ask('Host: evil.net\r\n'), 421);
  assert.equal(await ask('Host: localhost\r\nOrigin: https://evil.net\r\n'), 403);
  assert.equal(await ask('Host: localhost\r\nOrigin: null\r\n'), 403);
});

test('caps of an address', { timeout: 90_000 }, async (t) => {
  const caps = ['--caps-on-loopback', '--address-connections', '10', '--address-connects', '1000'];
  await t.test('so many at once, and room again when one leaves', async (t) => {
    const gateway = await startGateway(t, caps);
    const clients = await Promise.all(Array.from({ length: 10 }, () => new Client(t, gateway.ws).open()));
    const late = new RawSocket(t, gateway.page); // and says nothing
    await late.end();
    assert.equal(statusOf(late), 429);
    assert.match(late.received.toString(), /\r\nRetry-After: 5\r\n/);
    clients[0].socket.terminate();
    await eventually('room', async () => {
      const peer = new RawSocket(t, gateway.page).say(get());
      await peer.end();
      return statusOf(peer) === 200;
    });
    assert.ok((await gateway.metrics())[turnedAway('address_connections')] >= 1);
  });

  await t.test('so many a second', async (t) => {
    const gateway = await startGateway(t, ['--caps-on-loopback', '--address-connects', '1']);
    const peers = Array.from({ length: 40 }, () => new RawSocket(t, gateway.page).say(get()));
    await Promise.all(peers.map((peer) => peer.end()));
    const answers = peers.map(statusOf);
    assert.ok(answers.filter((status) => status === 200).length >= 2, answers.join());
    const refused = peers.filter((peer) => statusOf(peer) === 429);
    assert.ok(refused.length > 0, answers.join());
    assert.match(refused[0].received.toString(), /\r\nRetry-After: 1\r\n/);
    assert.equal((await gateway.metrics())[turnedAway('address_rate')], refused.length);
  });

  await t.test('a dry run only counts', async (t) => {
    const gateway = await startGateway(t, ['--caps-on-loopback', '--address-connections', '1', '--door-dry-run']);
    await Promise.all(Array.from({ length: 5 }, () => new Client(t, gateway.ws).open()));
    const peer = new RawSocket(t, gateway.page).say(get('Origin: https://evil.net\r\n').replace('localhost', 'evil.net'));
    await peer.end();
    assert.equal(statusOf(peer), 200);
    const malformed = new RawSocket(t, gateway.page).say(get('X : y\r\n'));
    await malformed.end();
    assert.equal(statusOf(malformed), 400);
    const metrics = await gateway.metrics();
    assert.ok(metrics['odin_door_would_turn_away_total{reason="address_connections"}'] >= 4);
    assert.equal(metrics['odin_door_would_turn_away_total{reason="host"}'], 1);
    assert.equal(metrics[turnedAway('address_connections')], 0);
    assert.equal(metrics[turnedAway('request')], 1);
  });
});

const proxied = (address, family = 'TCP4', own = '203.0.113.1') => `PROXY ${family} ${address} ${own} 56324 443\r\n`;

// What a balancer may not say: its connection is cut without a word.
const BAD_HEADERS = {
  'none': get(),
  'none of a WebSocket': ws(),
  'TLS': TLS_HELLO,
  'nothing': '',
  'half of one': 'PROXY TCP4 198.51.100.7 ',
  'an address that is none': proxied('198.51.100.777') + get(),
  'another family': proxied('198.51.100.7', 'TCP6') + get(),
  'UDP': proxied('198.51.100.7', 'UDP4') + get(),
  'two blanks': proxied(' 198.51.100.7') + get(),
  'a line feed only': proxied('198.51.100.7').replace('\r', '') + get(),
  'an endless line': 'PROXY TCP4 '.padEnd(5000, '1'),
  'version 3': bytes(V2, hex('3111000cc6336407cb007101dc0401bb'), get()),
  'another command': bytes(V2, hex('2211000cc6336407cb007101dc0401bb'), get()),
  'too short for its family': bytes(V2, hex('21110004c6336407'), get()),
  'a claim of 64 KiB': bytes(V2, hex('2111ffff'), Buffer.alloc(1000)),
  'half of version 2': bytes(V2, hex('2111000cc633')),
  'a broken sign': bytes(hex('0d0a0d0a000d0a515549550a'), hex('21000000'), get()),
};

test('behind a balancer', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '20', '--balancers', '127.0.0.0/8', '--address-connections', '3', '--address-connects', '1000']);
  const honest = await new RawSocket(t, gateway.ws).say(proxied('192.0.2.1')).upgrade('/ws?tokens=*');

  await t.test('each address behind it has caps of its own', async (t) => {
    const open = (header) => new RawSocket(t, gateway.ws).say(header).upgrade();
    const v6 = (address) => proxied(address, 'TCP6', '2001:db8::1');
    await Promise.all([1, 2, 3].map(() => open(proxied('198.51.100.7'))));
    await assert.rejects(open(proxied('198.51.100.7')), / 429 /);
    await open(proxied('198.51.100.8'));
    await Promise.all([1, 2, 3].map((n) => open(v6(`2001:db8:1:2::${n}`))));
    await assert.rejects(open(v6('2001:db8:1:2:ffff::1')), / 429 /, 'a /64 is one address');
    await open(v6('2001:db8:1:3::1'));
    await open(bytes(V2, hex('2111000fc6336409cb007101dc0401bb'), hex('040000')));
    await open('PROXY UNKNOWN\r\n');
    assert.equal((await gateway.metrics())[turnedAway('address_connections')], 2);
  });

  await t.test('a header that is none is cut', async (t) => {
    await answered(t, gateway, Object.fromEntries(Object.entries(BAD_HEADERS).map(([name, said]) => [name, [said, CUT]])));
    assert.equal((await gateway.metrics())[turnedAway('balancer_header')], Object.keys(BAD_HEADERS).length);
  });

  await t.test('one header only, and a request like any other', async (t) => {
    await answered(t, gateway, {
      'two headers': [proxied('192.0.2.2').repeat(2) + get(), 400],
      'a request': [proxied('192.0.2.3') + get(), 200],
      'two requests': [proxied('192.0.2.4') + get() + proxied('192.0.2.5') + get(), 200],
    });
  });

  const soFar = honest.messages.length;
  await eventually('the honest client goes on', () => honest.messages.length > soFar + 100);
  assert.deepEqual(chainFaults(honest.messages), []);
});

test('a list that cannot be read is bad configuration', { timeout: 60_000 }, async (t) => {
  for (const [option, entry] of [['--balancers', '10.0.0.0/99'], ['--hosts', 'https://a'], ['--origins', 'a.example']]) {
    const program = new Program(t, 'odin-gateway', [...apart(temporaryFolder()), option, entry]);
    assert.equal((await program.exit()).code, 78, option);
    assert.ok(program.stderr.includes(`${option.slice(2)}: "${entry}" is n`), program.stderr);
  }
});
