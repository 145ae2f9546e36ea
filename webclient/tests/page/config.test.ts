import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadConfig, readConfig } from '../../src/page/config.ts';

const PAGE = 'http://odin.example:8080/';

describe('readConfig', () => {
  it.each([
    ['/ws', PAGE, 'ws://odin.example:8080/ws'],
    ['/ws', 'https://odin.example/', 'wss://odin.example/ws'],
    ['wss://other.example/feed', PAGE, 'wss://other.example/feed'],
    ['javascript:alert(1)', PAGE, 'ws://odin.example:8080/ws'],
    ['https://other.example/', PAGE, 'ws://odin.example:8080/ws'],
    ['ws://[', PAGE, 'ws://odin.example:8080/ws'],
    [7, PAGE, 'ws://odin.example:8080/ws'],
  ])('%s on %s is %s', (ws, page, url) => expect(readConfig({ ws }, page).wsUrl).toBe(url));

  it('asks for an access token only when it is told so', () => {
    expect(readConfig({ authRequired: true }, PAGE).authRequired).toBe(true);
    expect(readConfig({ authRequired: 1 }, PAGE).authRequired).toBe(false);
  });

  it('calls prices simulated only when it is told so', () => {
    expect(readConfig({ simulated: true }, PAGE).simulated).toBe(true);
    expect([{}, { simulated: 'yes' }, null, [], 'x'].map((json) => readConfig(json, PAGE).simulated)).not.toContain(true);
  });
});

describe('loadConfig', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('reads what the gateway says', async () => {
    const fetch = vi.fn(async (_url: URL) => new Response('{"ws":"/feed","heartbeatMs":15000,"simulated":true}'));
    vi.stubGlobal('fetch', fetch);
    expect(await loadConfig(PAGE)).toEqual({ wsUrl: 'ws://odin.example:8080/feed', simulated: true, authRequired: false });
    expect(fetch.mock.calls[0]?.[0].href).toBe('http://odin.example:8080/config.json');
  });

  it.each([
    ['an error page', async () => new Response('{"ws":"/feed"}', { status: 503 })],
    ['no JSON', async () => new Response('<html>')],
    ['no network', async () => Promise.reject(new TypeError('failed'))],
  ])('falls back to /ws on its own host with %s', async (_what, answer) => {
    vi.stubGlobal('fetch', answer);
    expect(await loadConfig(PAGE)).toEqual({ wsUrl: 'ws://odin.example:8080/ws', simulated: false, authRequired: false });
  });
});
