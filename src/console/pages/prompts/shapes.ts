import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';

type Book = AnswerOf<paths['/v1/prompts']['get']>;
export type PromptVersion = Book['prompts'][number];
type NamedPrompt = Book['names'][number];
export type Hearing = AnswerOf<paths['/v1/prompts/{name}/heard']['get']>['calls'][number];

/** A name with everything that is under it. */
export interface PromptRow extends Pick<NamedPrompt, 'name' | 'text' | 'from' | 'uses'> {
  readonly id: string;
  /** Newest first. */
  readonly versions: readonly PromptVersion[];
  /** What callers hear of the register; null: the product's or a menu's words, or nothing. */
  readonly heard: PromptVersion | null;
  /** What callers hear, in words. */
  readonly says: string;
  readonly state: PromptState;
}
/** What somebody who looks after the prompts has to know of one first. */
export type PromptState =
  | 'missing'
  | 'failed'
  | 'awaiting'
  | 'expired'
  | 'expiring'
  | 'making'
  | 'recorded'
  | 'spoken'
  | 'menu'
  | 'product';
/** Something is to be done about it. */
export const URGENT: readonly PromptState[] = ['missing', 'failed', 'awaiting', 'expired', 'expiring'];

const SOON_MS = 7 * 86_400_000;

export function rowsOf(book: Book, nowMs: number): readonly PromptRow[] {
  const failed = new Set(book.menuFailures.map(({ name }) => name));
  const versions = new Map<string, PromptVersion[]>();
  for (const one of book.prompts) versions.set(one.name, [...(versions.get(one.name) ?? []), one]);
  return book.names.map(({ name, text, from, uses }) => {
    const own = (versions.get(name) ?? []).toSorted((a, b) => b.version - a.version);
    const heard = own.find((one) => one.heard) ?? null;
    const says = heard?.text || text || '';
    const state = stateOf({ name, text, from, uses }, own, failed.has(name), nowMs);
    return { id: name, name, text, from, uses, versions: own, heard, says, state };
  });
}

function stateOf(
  { text, from, uses }: NamedPrompt,
  versions: readonly PromptVersion[],
  isFailed: boolean,
  nowMs: number,
): PromptState {
  const alive = versions.filter(({ retiredAt }) => retiredAt === null);
  const heard = alive.find((one) => one.heard);
  const endsAt = (one: PromptVersion): number =>
    one.validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(one.validUntil);
  if (heard === undefined && text === null && uses.length > 0) return 'missing';
  if ((isFailed && heard === undefined) || alive[0]?.state === 'failed') return 'failed';
  if (alive.some((one) => one.approvedAt === null && endsAt(one) > nowMs)) return 'awaiting';
  if (heard === undefined && alive.some((one) => one.approvedAt !== null && endsAt(one) <= nowMs))
    return 'expired';
  if (heard === undefined && alive.some(({ state }) => state === 'waiting')) return 'making';
  if (heard !== undefined) return endsAt(heard) < nowMs + SOON_MS ? 'expiring' : heard.kind;
  return from ?? 'missing';
}
