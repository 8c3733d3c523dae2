import { isUnsettled } from '../../api/problem.ts';
import { newKey } from '../../elements/intention.ts';

/** So long after its last try a picture of now shows what came of a wish: call control takes none that is older than two seconds. */
const KEPT_MS = 10_000;

interface Wish {
  readonly key: string;
  /** Its place among all that was asked. */
  asked: number;
  /** Since when nobody can say what came of it; null: its answer is awaited. */
  unsettledMs: number | null;
  /** The talk has changed since: whoever wishes the same now wishes it of another talk. */
  overtaken: boolean;
}

/**
 * The keys of what is wished in talks. A wish that nobody answered keeps its key, so that it is not done twice: until the talk
 * is seen to stand differently, until a later wish was carried out, or until the picture had time to show it. Kept for longer it
 * would swallow the next of its kind: another swap, the same colleague rung once more.
 */
export class TalkWishes {
  readonly #wishes = new Map<string, Wish>();
  #stands: string | null = null;
  #isSeen = false;
  #asked = 0;

  /** How the talk stands, by a picture of now; null: there is none. */
  stands(now: string | null): void {
    this.#isSeen = now !== null;
    if (now === null || now === this.#stands) return;
    this.#stands = now;
    for (const [name, wish] of this.#wishes) {
      wish.overtaken = true;
      if (wish.unsettledMs !== null) this.#wishes.delete(name);
    }
  }

  /** `wish`: what is wanted, with everything that makes it another wish. */
  keyOf(wish: string, nowMs: number): string {
    for (const [name, { unsettledMs }] of this.#wishes) {
      if (this.#isSeen && unsettledMs !== null && nowMs - unsettledMs > KEPT_MS) this.#wishes.delete(name);
    }
    const known = this.#wishes.get(wish);
    this.#asked += 1;
    const asked = { key: known?.key ?? newKey(), asked: this.#asked, overtaken: known?.overtaken ?? false };
    this.#wishes.set(wish, { ...asked, unsettledMs: null });
    return asked.key;
  }

  /** Carried out; commands are taken in their order, so what was asked before it has been taken by now, or never will be. */
  done(wish: string): void {
    const own = this.#wishes.get(wish)?.asked ?? 0;
    this.#wishes.delete(wish);
    for (const [name, { asked, unsettledMs }] of this.#wishes) {
      if (unsettledMs !== null && asked < own) this.#wishes.delete(name);
    }
  }

  /** A refusal is an answer: pressed again it is another wish. What nobody can say is none. */
  refused(wish: string, error: unknown, nowMs: number): void {
    const own = this.#wishes.get(wish);
    if (own === undefined) return;
    if (isUnsettled(error) && !own.overtaken) own.unsettledMs = nowMs;
    else this.#wishes.delete(wish);
  }
}
