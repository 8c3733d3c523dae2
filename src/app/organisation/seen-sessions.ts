import type { Sessions } from '../ports/sessions.ts';
import { DatabaseAway } from '../ports/transaction.ts';

export type SeenSession = NonNullable<Awaited<ReturnType<Sessions['find']>>>;

interface Seen {
  readonly session: SeenSession;
  readonly atMs: number;
}

/** A session that the database showed within this time before it was last heard is known while it is away. */
export const LATELY_MS = 10 * 60_000;
/** More than a hotline has desks, units and pages together; the one that was seen longest ago goes first. */
const MOST = 20_000;

/**
 * The books of sessions, and what they showed lately: for the time that the database is away, so that who was signed in
 * goes on at his telephone. `find` always asks the books; only who met `DatabaseAway` asks `lately`. Kept by the token's
 * hash, as in the books. What has ended is forgotten with the first word of it: here, from the books' next answer, or by a
 * notice from another process (`end`, `forgetAllOf`). Who signs out while the books are away is out: his session is nobody's
 * here from then on, and they are told with their first answer to whomever.
 */
export class SeenSessions implements Sessions {
  readonly #books: Sessions;
  readonly #most: number;
  /** In the order in which they were last seen. */
  readonly #seen = new Map<string, Seen>();
  #heardMs = Number.NEGATIVE_INFINITY;
  /** Ended, and the books have not heard of it yet: no more than were signed in when they went. */
  readonly #owed = new Map<string, Uint8Array>();
  #telling = false;
  /** How often something ended: an answer that was on its way meanwhile may be from before. */
  #ends = 0;

  constructor(books: Sessions, most = MOST) {
    this.#books = books;
    this.#most = most;
  }

  async find(tokenHash: Uint8Array, nowMs: number): Promise<SeenSession | null> {
    if (this.#owed.has(keyOf(tokenHash))) return null;
    const ends = this.#ends;
    const session = await this.#books.find(tokenHash, nowMs);
    await this.#tellWhatIsOwed();
    this.#heardMs = Math.max(this.#heardMs, nowMs);
    if (session === null) this.#seen.delete(keyOf(tokenHash));
    else if (ends === this.#ends) this.#keep(keyOf(tokenHash), session, nowMs);
    return session;
  }

  /** As the database last showed it; null: not seen lately, ended, or expired by now. */
  lately(tokenHash: Uint8Array, nowMs: number): SeenSession | null {
    const seen = this.#seen.get(keyOf(tokenHash));
    return seen !== undefined && this.#isKnown(seen, nowMs) ? seen.session : null;
  }

  /** Whether anybody at all could be served here without the books. */
  knowsAnybody(nowMs: number): boolean {
    for (const seen of this.#seen.values()) if (this.#isKnown(seen, nowMs)) return true;
    return false;
  }

  add: Sessions['add'] = (session, tx) => this.#books.add(session, tx);
  extend: Sessions['extend'] = (tokenHash, expiresAtMs) => this.#books.extend(tokenHash, expiresAtMs);

  async sweep(nowMs: number): Promise<number> {
    const swept = await this.#books.sweep(nowMs);
    await this.#tellWhatIsOwed();
    return swept;
  }

  /** Resolves also while the books are away: it is over here, and they are told later. */
  async remove(tokenHash: Uint8Array): Promise<void> {
    this.end(tokenHash);
    try {
      await this.#books.remove(tokenHash);
      this.#owed.delete(keyOf(tokenHash));
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
    }
  }

  /** Over at once; the books are told when they are next heard. For who knows that they are away, or that others told them. */
  end(tokenHash: Uint8Array): void {
    this.#ends += 1;
    this.#seen.delete(keyOf(tokenHash));
    this.#owed.set(keyOf(tokenHash), tokenHash);
  }

  /** Within a transaction it ends with that: the notice which the books then send forgets what was seen until then. */
  removeAllOf: Sessions['removeAllOf'] = async (accountId, except, tx) => {
    try {
      await this.#books.removeAllOf(accountId, except, tx);
    } finally {
      this.forgetAllOf(accountId);
    }
  };

  forgetAllOf(accountId: string): void {
    this.#ends += 1;
    for (const [key, { session }] of this.#seen) if (session.account.id === accountId) this.#seen.delete(key);
  }

  async #tellWhatIsOwed(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (const [key, tokenHash] of this.#owed) {
        await this.#books.remove(tokenHash);
        this.#owed.delete(key);
      }
    } catch {
      // Gone again: what is still owed is told with the next answer, and whoever asked has his.
    } finally {
      this.#telling = false;
    }
  }

  #isKnown({ session, atMs }: Seen, nowMs: number): boolean {
    return session.expiresAtMs > nowMs && atMs + LATELY_MS >= this.#heardMs;
  }

  #keep(key: string, session: SeenSession, atMs: number): void {
    this.#seen.delete(key);
    this.#seen.set(key, { session, atMs });
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= this.#most) break;
      this.#seen.delete(oldest);
    }
  }
}

const keyOf = (tokenHash: Uint8Array): string => tokenHash.join();
