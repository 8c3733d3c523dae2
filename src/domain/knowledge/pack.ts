import { currentOf, type Dated, standingOf } from './standing.ts';
import type { VersionState } from './version-table.ts';

/** An agent looks at a page of it, not at a book. */
export const PACK_MOST = 50;

/**
 * What becomes of an entry of a pack when its surge key opens. What is told anyhow is found first and stays as it is; what is
 * not is told for the time of the key. `again`: it was told with this pack before and taken back with it, so that the same
 * words are written anew.
 */
export type Readiness =
  | { readonly kind: 'told'; readonly version: number }
  | { readonly kind: 'ready'; readonly version: number; readonly move: 'publish' | 'publishAtOnce' }
  | { readonly kind: 'again'; readonly version: number }
  | { readonly kind: 'notReady'; readonly version: number; readonly why: VersionState | 'notYet' };

export function readinessOf(
  versions: readonly (Dated & { readonly number: number })[],
  toldBefore: readonly number[],
  day: string,
): Readiness {
  const current = currentOf(versions, day);
  if (current !== null) return { kind: 'told', version: current.number };
  const latest = versions.at(-1);
  if (latest === undefined) throw new Error('an entry has a version from its beginning');
  const { number: version, state } = latest;
  const notReady = (why: VersionState | 'notYet'): Readiness => ({ kind: 'notReady', version, why });
  // As it would stand once it is told.
  const standing = standingOf({ ...latest, state: 'emergency' }, day);
  if (standing === 'expired') return notReady('expired');
  if (standing === 'notYet') return notReady('notYet');
  switch (state) {
    case 'draft':
    case 'inCheck':
      return { kind: 'ready', version, move: 'publishAtOnce' };
    case 'approved':
      return { kind: 'ready', version, move: 'publish' };
    case 'withdrawn':
      return toldBefore.includes(version) ? { kind: 'again', version } : notReady(state);
    case 'returned':
    case 'expired':
    case 'replaced':
    case 'published':
    case 'emergency':
      return notReady(state);
    default:
      return state satisfies never;
  }
}

/** Whether what a pack began to tell is still told, so that it is taken back: whoever wrote another since has decided. */
export const isTakenBack = (state: VersionState): boolean => state === 'published' || state === 'emergency';

const NOTICE_MOST = 4000;

/** What every agent reads when it begins. */
export function packNotice(
  title: string,
  entries: readonly { readonly number: string; readonly question: string }[],
): { readonly title: string; readonly text: string } {
  const lines = entries.map(({ number, question }, at) => `${at + 1}. ${question}（${number}）`);
  return {
    title: `应急知识包：${title}`,
    text: [`应急按键已开通，以下条目置顶，请先看：`, ...lines].join('\n').slice(0, NOTICE_MOST),
  };
}
