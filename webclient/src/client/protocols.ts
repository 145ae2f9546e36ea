// The subprotocols offered at the handshake. A browser cannot set headers there, so an access token travels as one.

export const SUBPROTOCOL = 'odin.v1.json';
const BEARER_PREFIX = 'odin.bearer.';

export function offeredProtocols(token: string | undefined): string[] {
  return token === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, BEARER_PREFIX + base64url(token)];
}

/** Tokens are JWTs and so ASCII, which is all that btoa takes. */
function base64url(ascii: string): string {
  const { btoa } = globalThis as unknown as { btoa(text: string): string };
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
