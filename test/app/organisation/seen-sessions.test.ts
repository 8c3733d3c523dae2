import { beforeEach, expect, test } from 'vitest';
import { LATELY_MS, type SeenSession, SeenSessions } from '../../../src/app/organisation/seen-sessions.ts';
import type { Account } from '../../../src/app/ports/accounts.ts';
import type { Sessions } from '../../../src/app/ports/sessions.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';

const HOUR_MS = 3_600_000;
const hash = (n: number) => Uint8Array.of(n, 1, 2, 3);
const account = (id: string): Account => ({
  ...{ id, username: id, displayName: id, roles: ['agent'], unitCode: null, disabled: false },
});

/** Sessions as the database has them; it can be away, and an answer of its can be long on its way. */
class Books {
  readonly kept = new Map<string, SeenSession>();
  away = false;
  refusesToRemove = false;
  onItsWay: Promise<void> | null = null;

  readonly sessions: Sessions = {
    add: async () => this.#reached(),
    extend: async () => this.#reached(),
    sweep: async () => {
      this.#reached();
      return 0;
    },
    find: async (tokenHash, nowMs) => {
      this.#reached();
      const session = this.kept.get(tokenHash.join());
      await this.onItsWay;
      return session === undefined || session.expiresAtMs <= nowMs ? null : session;
    },
    remove: async (tokenHash) => {
      this.#reached();
      if (this.refusesToRemove) throw new DatabaseAway('away again');
      this.kept.delete(tokenHash.join());
    },
    removeAllOf: async (accountId) => {
      this.#reached();
      for (const [key, session] of this.kept) if (session.account.id === accountId) this.kept.delete(key);
    },
  };

  signedIn(n: number, id: string, expiresAtMs = 12 * HOUR_MS): void {
    this.kept.set(hash(n).join(), { account: account(id), expiresAtMs });
  }

  #reached(): void {
    if (this.away) throw new DatabaseAway('away');
  }
}

let books: Books;
let seen: SeenSessions;
beforeEach(() => {
  books = new Books();
  seen = new SeenSessions(books.sessions, 3);
  books.signedIn(1, 'shen');
  books.signedIn(2, 'gu');
});

test('whom the database has shown is known for as long as it is away, until the session itself is over', async () => {
  books.signedIn(1, 'shen', 2 * HOUR_MS);
  await seen.find(hash(1), 0);
  books.away = true;
  await expect(seen.find(hash(1), 1_000)).rejects.toThrow(DatabaseAway);
  expect(seen.lately(hash(1), 1_000)?.account.id).toBe('shen');
  expect(seen.lately(hash(1), 2 * HOUR_MS - 1)?.account.id).toBe('shen');
  expect(seen.lately(hash(1), 2 * HOUR_MS)).toBeNull();
  // Not asked about before it went.
  expect(seen.lately(hash(2), 1_000)).toBeNull();
});

test('who was not seen in the last ten minutes in which the database was heard is not known', async () => {
  await seen.find(hash(1), 0);
  await seen.find(hash(2), LATELY_MS);
  expect(seen.lately(hash(1), LATELY_MS)).not.toBeNull();
  await seen.find(hash(2), LATELY_MS + 1);
  expect(seen.lately(hash(1), LATELY_MS + 1)).toBeNull();
  expect(seen.lately(hash(2), LATELY_MS + HOUR_MS)).not.toBeNull();
});

test('it knows whether it knows anybody: what a balancer is told of a process that can serve somebody without the books', async () => {
  books.signedIn(1, 'shen', HOUR_MS);
  expect(seen.knowsAnybody(0)).toBe(false);
  await seen.find(hash(1), 0);
  expect(seen.knowsAnybody(HOUR_MS - 1)).toBe(true);
  expect(seen.knowsAnybody(HOUR_MS)).toBe(false);
  await seen.find(hash(2), 1);
  expect(seen.knowsAnybody(HOUR_MS)).toBe(true);
  await seen.remove(hash(2));
  expect(seen.knowsAnybody(1)).toBe(true);
  // Heard of since, and he has not been.
  expect(await seen.find(hash(3), LATELY_MS + 1)).toBeNull();
  expect(seen.knowsAnybody(LATELY_MS + 1)).toBe(false);
});

test('while it is there it is asked each time, and what it does not show any more is forgotten', async () => {
  await seen.find(hash(1), 0);
  // By another process: this one hears of it with the next answer.
  books.kept.clear();
  expect(await seen.find(hash(1), 1)).toBeNull();
  expect(seen.lately(hash(1), 1)).toBeNull();
  await seen.find(hash(2), 1);
  books.signedIn(2, 'gu');
  await seen.find(hash(2), 2);
  expect(await seen.find(hash(2), 12 * HOUR_MS)).toBeNull();
  expect(seen.lately(hash(2), 2)).toBeNull();
});

test.for([
  ['signed out', () => seen.remove(hash(1))],
  ['signed out everywhere', () => seen.removeAllOf('shen', null)],
  ['told by another process', async () => seen.forgetAllOf('shen')],
] as const)('%s: forgotten at once, and nobody else is', async ([, end]) => {
  await seen.find(hash(1), 0);
  await seen.find(hash(2), 0);
  await end();
  expect(seen.lately(hash(1), 0)).toBeNull();
  expect(seen.lately(hash(2), 0)?.account.id).toBe('gu');
});

test('an answer that was on its way while the session ended brings nobody back', async () => {
  let arrives = (): void => undefined;
  books.onItsWay = new Promise((resolve) => {
    arrives = resolve;
  });
  const asked = seen.find(hash(1), 0);
  await seen.remove(hash(1));
  arrives();
  expect((await asked)?.account.id).toBe('shen');
  expect(seen.lately(hash(1), 0)).toBeNull();
});

test.for([
  ['by himself', () => seen.remove(hash(1))],
  ['at another process', async () => seen.end(hash(1))],
] as const)(
  'signed out %s while the books cannot be told: over at once and for good, and they are told when they are back',
  async ([, signOut]) => {
    await seen.find(hash(1), 0);
    await seen.find(hash(2), 0);
    books.away = true;
    await signOut();
    expect(seen.lately(hash(1), 0)).toBeNull();
    expect(await seen.find(hash(1), 0)).toBeNull();
    expect(seen.lately(hash(2), 0)?.account.id).toBe('gu');
    await expect(seen.find(hash(2), 0)).rejects.toThrow(DatabaseAway);

    books.away = false;
    // His session still stands in them, and opens nothing any more.
    expect(books.kept.has(hash(1).join())).toBe(true);
    expect(await seen.find(hash(1), 1)).toBeNull();
    expect(seen.lately(hash(1), 1)).toBeNull();
    // Whoever asks next brings them the news.
    expect((await seen.find(hash(2), 1))?.account.id).toBe('gu');
    expect([...books.kept.keys()]).toEqual([hash(2).join()]);
  },
);

test('who signs in first after the books are back brings them the news as well; gone again meanwhile, they hear it later', async () => {
  books.away = true;
  seen.end(hash(1));
  seen.end(hash(2));
  books.away = false;
  books.refusesToRemove = true;
  expect(await seen.sweep(0)).toBe(0);
  expect(books.kept.size).toBe(2);
  books.refusesToRemove = false;
  await seen.sweep(0);
  expect(books.kept.size).toBe(0);
});

test('it is bounded: who was seen longest ago goes first', async () => {
  for (const n of [1, 2, 3, 4]) books.signedIn(n, `agent${n}`);
  for (const n of [1, 2, 3, 1, 4]) await seen.find(hash(n), n);
  expect([1, 2, 3, 4].map((n) => seen.lately(hash(n), 5) !== null)).toEqual([true, false, true, true]);
});
