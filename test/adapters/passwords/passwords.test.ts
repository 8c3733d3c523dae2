import { expect, test } from 'vitest';
import { secretMint } from '../../../src/adapters/passwords/mint.ts';
import { scryptHasher } from '../../../src/adapters/passwords/scrypt.ts';

test('a hash is salted, says how it was made, and tells right from wrong', async () => {
  const hasher = scryptHasher();
  const [one, two] = await Promise.all([
    hasher.hash('密码 correct horse'),
    hasher.hash('密码 correct horse'),
  ]);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await hasher.check('密码 correct horse', one)).toBe('right');
  expect(await hasher.check('密码 correct horsf', one)).toBe('wrong');
});

test('composed and decomposed characters are one password', async () => {
  const hasher = scryptHasher({ N: 1024, r: 8, p: 1 });
  expect(await hasher.check('cafe\u0301 noir', await hasher.hash('caf\u00e9 noir'))).toBe('right');
});

test('a hash with weaker parameters is right but outdated; a stronger one is simply right', async () => {
  const weak = scryptHasher({ N: 1024, r: 8, p: 1 });
  const strong = scryptHasher({ N: 2048, r: 8, p: 1 });
  expect(await strong.check('a password', await weak.hash('a password'))).toBe('outdated');
  expect(await weak.check('a password', await strong.hash('a password'))).toBe('right');
});

test('a stored text that is no hash of ours is an error, not a way in', async () => {
  await expect(scryptHasher().check('x', 'plain')).rejects.toThrow(/stored password hash/);
  await expect(scryptHasher().check('', 'scrypt$1024$8$1$$')).rejects.toThrow(/stored password hash/);
});

test('passwords are readable, secrets differ, a token is found by its hash', () => {
  const passwords = Array.from({ length: 200 }, () => secretMint.password());
  expect(new Set(passwords).size).toBe(200);
  for (const password of passwords) expect(password).toMatch(/^([a-hjkmnp-z2-9]{6}-){2}[a-hjkmnp-z2-9]{6}$/);
  expect(secretMint.phoneSecret()).toMatch(/^[0-9a-f]{48}$/);
  const { token, tokenHash } = secretMint.sessionToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(secretMint.hashToken(token)).toEqual(tokenHash);
});
