// What the two ports answer to a plain HTTP client.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Program, apart, startGateway, temporaryFolder } from './harness.mjs';
import { eventually } from './waiting.mjs';

/** The answer as it came over the wire. */
function raw(url, acceptEncoding) {
  return new Promise((done, failed) => {
    const asked = request(url, { headers: acceptEncoding ? { 'Accept-Encoding': acceptEncoding } : {} }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    asked.on('error', failed).end();
  });
}

test('HTTP', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t);
  const admin = (where, options) => fetch(new URL(where, gateway.admin), { ...options, signal: AbortSignal.timeout(10_000) });

  await t.test('health', async () => {
    for (const where of ['/livez', '/readyz']) assert.equal((await gateway.get(where)).status, 200, where);
    const health = await gateway.get('/healthz');
    assert.equal(health.status, 200);
    assert.equal(health.headers.get('content-type'), 'application/health+json');
    const { status, checks, durability } = await health.json();
    assert.deepEqual([status, durability], ['pass', 'jetstream']);
    assert.equal(checks['bus:state'][0].observedValue, 'live');
  });

  await t.test('config.json says where the WebSocket is', async () => {
    const { ws, heartbeatMs, simulated } = await (await gateway.get('/config.json')).json();
    assert.deepEqual([ws, heartbeatMs, simulated], ['/ws', 15_000, true]);
  });

  await t.test('the page and everything it loads', async () => {
    const page = await gateway.get('/');
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type'), /^text\/html/);
    assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
    const html = await page.text();
    const assets = [...html.matchAll(/<(?!a\b)[^>]*(?:src|href)="([^"#]+)"/g)].map((found) => found[1]).filter((where) => !where.startsWith('data:'));
    assert.ok(assets.some((where) => where.endsWith('.js')), html);
    for (const where of assets) {
      const asset = await gateway.get(where);
      assert.equal(asset.status, 200, where);
      assert.ok((await asset.arrayBuffer()).byteLength > 0, where);
    }
  });

  await t.test('the page comes compressed, in each encoding with the same content', async () => {
    const html = await (await gateway.get('/')).text();
    const script = /src="([^"]+\.js)"/.exec(html)[1];
    for (const where of ['/', script]) {
      const plain = await raw(new URL(where, gateway.page), '');
      for (const [encoding, decode] of [['br', brotliDecompressSync], ['gzip', gunzipSync]]) {
        const { headers, body } = await raw(new URL(where, gateway.page), encoding);
        assert.equal(headers['content-encoding'], encoding, where);
        assert.equal(headers.vary, 'Accept-Encoding');
        assert.equal(Number(headers['content-length']), body.length);
        assert.ok(body.length < plain.body.length / 2, `${where}: ${body.length} of ${plain.body.length} bytes`);
        assert.deepEqual(decode(body), plain.body);
        assert.notEqual(headers.etag, plain.headers.etag);
      }
      assert.equal(plain.headers['content-encoding'], undefined);
    }
    assert.match((await raw(new URL(script, gateway.page), '')).headers['cache-control'], /immutable/);
    assert.equal((await raw(new URL(`${script}.br`, gateway.page), '')).status, 404);
  });

  await t.test('an asset that the browser has is not sent again', async () => {
    const etag = (await gateway.get('/')).headers.get('etag');
    const again = await fetch(gateway.page, { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
  });

  await t.test('HEAD: the head of GET and no body', async () => {
    for (const where of ['/', '/livez', '/config.json']) {
      const length = (await (await gateway.get(where)).arrayBuffer()).byteLength;
      const head = await fetch(new URL(where, gateway.page), { method: 'HEAD', headers: { 'Accept-Encoding': 'identity' } });
      assert.equal(head.status, 200);
      assert.equal(Number(head.headers.get('content-length')), length, where);
      assert.equal(await head.text(), '');
    }
  });

  await t.test('404 and 405 say what they are', async () => {
    const unknown = await gateway.get('/../etc/passwd');
    assert.equal(unknown.status, 404);
    assert.equal(unknown.headers.get('content-type'), 'application/problem+json');
    const post = await fetch(new URL('/livez', gateway.page), { method: 'POST', body: 'x' });
    assert.equal(post.status, 405);
    assert.equal(post.headers.get('allow'), 'GET, HEAD');
  });

  await t.test('metrics are on the admin port only', async () => {
    assert.equal((await gateway.get('/metrics')).status, 404);
    assert.equal((await gateway.get('/api/v1/status')).status, 404);
    const metrics = await gateway.metrics();
    assert.equal(metrics.odin_bus_live, 1);
    assert.ok(metrics.process_resident_memory_bytes > 0);
    const bus = await eventually('a snapshot of the connected bus', async () => {
      const status = await (await admin('/api/v1/status')).json();
      return status.bus.status === 'connected' && status.bus;
    });
    assert.doesNotMatch(bus.url, /@/, 'no credentials');
    assert.equal((await admin('/')).status, 404, 'the page is for people, not on the admin port');
  });

  await t.test('what is not a WebSocket is refused with a real status', async () => {
    const at = (where, headers) => fetch(new URL(where, gateway.page), { headers });
    assert.equal((await at('/ws')).status, 426);
  });
});

test('--web-root serves the page from a folder, as it is now', { timeout: 60_000 }, async (t) => {
  const folder = temporaryFolder();
  const root = path.join(folder, 'page');
  const refused = new Program(t, 'odin-gateway', [...apart(folder), '--web-root', root]);
  assert.equal((await refused.exit()).code, 2);
  assert.match(refused.stderr, /is not a folder with an index\.html/);

  mkdirSync(root);
  writeFileSync(path.join(root, 'index.html'), 'first');
  writeFileSync(path.join(folder, 'secret'), 'secret');
  const gateway = await startGateway(t, ['--web-root', root], { folder });
  const body = async (where) => (await raw(new URL(where, gateway.page), 'br')).body.toString();
  assert.equal(await body('/'), 'first');
  writeFileSync(path.join(root, 'index.html'), 'second');
  assert.equal(await body('/'), 'second');
  assert.equal((await gateway.get('/livez')).status, 200);
  for (const where of ['%2e%2e/secret', '..%2fsecret', 'none']) {
    assert.equal((await fetch(gateway.page + where)).status, 404, where);
  }
});
