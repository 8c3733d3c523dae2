import { createHash, randomBytes } from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string;
  readonly qop: boolean;
}

/** The first MD5 challenge among the headers (a switch may offer newer algorithms beside it). */
export function challengeOf(headers: readonly string[]): Challenge | null {
  for (const header of headers) {
    const field = (name: string): string =>
      new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(header)?.slice(1).find(Boolean) ??
      '';
    const algorithm = field('algorithm');
    if (!/^digest/i.test(header) || (algorithm !== '' && !/^md5$/i.test(algorithm))) continue;
    return {
      realm: field('realm'),
      nonce: field('nonce'),
      opaque: field('opaque'),
      qop: field('qop').split(',').includes('auth'),
    };
  }
  return null;
}

/** The answer to a challenge (RFC 3261 section 22, RFC 2617). */
export function authorization(
  challenge: Challenge,
  account: { readonly name: string; readonly secret: string },
  method: string,
  uri: string,
): string {
  const secret = md5(`${account.name}:${challenge.realm}:${account.secret}`);
  const request = md5(`${method}:${uri}`);
  const parts = [
    `username="${account.name}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${uri}"`,
    'algorithm=MD5',
  ];
  if (challenge.opaque !== '') parts.push(`opaque="${challenge.opaque}"`);
  if (challenge.qop) {
    const cnonce = randomBytes(8).toString('hex');
    const response = md5(`${secret}:${challenge.nonce}:00000001:${cnonce}:auth:${request}`);
    parts.push('qop=auth', 'nc=00000001', `cnonce="${cnonce}"`, `response="${response}"`);
  } else {
    parts.push(`response="${md5(`${secret}:${challenge.nonce}:${request}`)}"`);
  }
  return `Digest ${parts.join(', ')}`;
}
