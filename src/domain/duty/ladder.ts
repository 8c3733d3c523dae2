/**
 * Calling people who are on call until one of them says that he is there (E5, H12). What was tried stands in attempts, in
 * the order in which they were made; whoever carries them out asks here what comes next. Modes: `ladder`: one rung after the
 * other, and round again; `atOnce`: all, each again by himself.
 */
export interface CallingRule {
  readonly mode: 'ladder' | 'atOnce';
  /** The next rung is called when this one has been rung for so long, or is over. */
  readonly rungAfterMs: number;
  /** How often each is called at most. */
  readonly rounds: number;
  /** Before the same person is called again. */
  readonly retryAfterMs: number;
}

export const USUAL_CALLING: CallingRule = {
  mode: 'ladder',
  rungAfterMs: 30_000,
  rounds: 2,
  retryAfterMs: 20_000,
};

/** `open`: his telephone rings, or he is being asked. `dropped`: somebody of ours ended it, and does not want him. */
export type AttemptEnd = 'open' | 'confirmed' | 'unreached' | 'dropped';

export interface Attempt {
  /** Of the ladder, from 0. */
  readonly rung: number;
  readonly atMs: number;
  readonly end: AttemptEnd;
  /** null while it is open. */
  readonly endedMs: number | null;
}

export type Next =
  | { readonly kind: 'call'; readonly rungs: readonly number[] }
  /** null: until an attempt ends. */
  | { readonly kind: 'wait'; readonly untilMs: number | null }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'exhausted' };

/** `overlaps`: the next rung may ring while the one before it still does. */
export function nextCalls(
  rungs: number,
  attempts: readonly Attempt[],
  rule: CallingRule,
  { nowMs, overlaps }: { readonly nowMs: number; readonly overlaps: boolean },
): Next {
  return rule.mode === 'atOnce'
    ? nextOfAll(rungs, attempts, rule, nowMs)
    : nextRung(rungs, attempts, rule, { nowMs, overlaps });
}

function nextRung(
  rungs: number,
  attempts: readonly Attempt[],
  rule: CallingRule,
  { nowMs, overlaps }: { readonly nowMs: number; readonly overlaps: boolean },
): Next {
  if (attempts.some(({ end }) => end === 'confirmed')) return { kind: 'confirmed' };
  const last = attempts.at(-1);
  const isOpen = attempts.some(({ end }) => end === 'open');
  if (last !== undefined && last.end === 'open') {
    if (!overlaps) return { kind: 'wait', untilMs: null };
    const dueMs = last.atMs + rule.rungAfterMs;
    if (nowMs < dueMs) return { kind: 'wait', untilMs: dueMs };
  }
  const made = attempts.length;
  if (made >= rungs * rule.rounds) return isOpen ? { kind: 'wait', untilMs: null } : { kind: 'exhausted' };
  const rung = made % rungs;
  const own = attempts.filter((one) => one.rung === rung);
  // Still ringing since the last round: nobody is called twice at once.
  if (own.some(({ end }) => end === 'open')) return { kind: 'wait', untilMs: null };
  const dueMs = againMs(own, rule);
  return dueMs !== null && nowMs < dueMs ? { kind: 'wait', untilMs: dueMs } : { kind: 'call', rungs: [rung] };
}

function nextOfAll(rungs: number, attempts: readonly Attempt[], rule: CallingRule, nowMs: number): Next {
  const due: number[] = [];
  const waits: number[] = [];
  let isOpen = false;
  for (let rung = 0; rung < rungs; rung += 1) {
    const own = attempts.filter((one) => one.rung === rung);
    if (own.some(({ end }) => end === 'confirmed' || end === 'dropped')) continue;
    if (own.some(({ end }) => end === 'open')) {
      isOpen = true;
      continue;
    }
    if (own.length >= rule.rounds) continue;
    const dueMs = againMs(own, rule) ?? nowMs;
    if (dueMs <= nowMs) due.push(rung);
    else waits.push(dueMs);
  }
  if (due.length > 0) return { kind: 'call', rungs: due };
  if (isOpen || waits.length > 0) {
    return { kind: 'wait', untilMs: waits.length === 0 ? null : Math.min(...waits) };
  }
  return attempts.some(({ end }) => end === 'confirmed') ? { kind: 'confirmed' } : { kind: 'exhausted' };
}

/** When this person may be called again; null: he has not been called. */
const againMs = (own: readonly Attempt[], { retryAfterMs }: CallingRule): number | null => {
  const ended = own.map(({ endedMs, atMs }) => endedMs ?? atMs);
  return ended.length === 0 ? null : Math.max(...ended) + retryAfterMs;
};
