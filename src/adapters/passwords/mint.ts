import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { SecretMint } from '../../app/ports/accounts.ts';

/** Without what is misread: 0 o 1 l i. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest();
const letters = (count: number) =>
  Array.from({ length: count }, () => READABLE[randomInt(READABLE.length)]).join('');

export const secretMint: SecretMint = {
  // 18 of 31 letters: 89 bits.
  password: () => [letters(6), letters(6), letters(6)].join('-'),
  phoneSecret: () => randomBytes(24).toString('hex'),
  sessionToken() {
    const token = randomBytes(32).toString('base64url');
    return { token, tokenHash: hashToken(token) };
  },
  hashToken,
};
