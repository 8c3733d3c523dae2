import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordHasher } from '../../app/ports/accounts.ts';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}
/** OWASP's equivalent of N=2^17, p=1 with a quarter of the memory: 32 MiB for each sign-in under way. */
const TODAY: Cost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;

interface Stored extends Cost {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Hashes of the form `scrypt$32768$8$3$<salt>$<key>`, base64url. */
export function scryptHasher(cost: Cost = TODAY): PasswordHasher {
  const nobody: Stored = { ...cost, salt: randomBytes(16), key: randomBytes(KEY_BYTES) };
  return {
    async hash(password) {
      const salt = randomBytes(16);
      const key = await derive(password, salt, cost);
      return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(
        '$',
      );
    },
    async check(password, passwordHash) {
      const stored = parse(passwordHash);
      if (!(await matches(password, stored))) return 'wrong';
      return stored.N * stored.r * stored.p < cost.N * cost.r * cost.p ? 'outdated' : 'right';
    },
    async checkNobody(password) {
      await matches(password, nobody);
    },
  };
}

async function matches(password: string, stored: Stored): Promise<boolean> {
  return timingSafeEqual(await derive(password, stored.salt, stored), stored.key);
}

function parse(text: string): Stored {
  const [scheme, N, r, p, salt = '', key = ''] = text.split('$');
  const stored = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
  if (scheme !== 'scrypt' || !(stored.N > 1) || !(stored.r > 0) || stored.key.length !== KEY_BYTES) {
    throw new Error('a stored password hash is not of the form that this program writes');
  }
  return stored;
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  // Twice what scrypt needs (128 * N * r): Node refuses below its own default otherwise.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // The same person types the same password on keyboards that compose characters differently.
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
