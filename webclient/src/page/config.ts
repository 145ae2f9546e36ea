// What the gateway says about itself before the connection: where the WebSocket is, and whether prices are real.

export interface PageConfig {
  wsUrl: string;
  simulated: boolean;
  /** The gateway serves no prices without an access token. */
  authRequired: boolean;
}

const CONFIG_LIMIT_MS = 3_000;
const DEFAULT_PATH = '/ws';

/** Never fails: without an answer the WebSocket is taken to be on the page's own host. */
export async function loadConfig(pageUrl: string): Promise<PageConfig> {
  try {
    const answer = await fetch(new URL('config.json', pageUrl), { signal: AbortSignal.timeout(CONFIG_LIMIT_MS) });
    return readConfig(answer.ok ? await answer.json() : undefined, pageUrl);
  } catch {
    return readConfig(undefined, pageUrl);
  }
}

export function readConfig(json: unknown, pageUrl: string): PageConfig {
  const fields = (typeof json === 'object' && json !== null ? json : {}) as { ws?: unknown; simulated?: unknown; authRequired?: unknown };
  const ws = typeof fields.ws === 'string' ? fields.ws : DEFAULT_PATH;
  return {
    wsUrl: socketUrl(ws, pageUrl) ?? socketUrl(DEFAULT_PATH, pageUrl) ?? DEFAULT_PATH,
    simulated: fields.simulated === true,
    authRequired: fields.authRequired === true,
  };
}

/** A path is on the page's host, with TLS exactly if the page has it. Undefined for what is no WebSocket address. */
function socketUrl(ws: string, pageUrl: string): string | undefined {
  const page = new URL(pageUrl);
  page.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  try {
    const url = new URL(ws, page);
    return url.protocol === 'ws:' || url.protocol === 'wss:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
