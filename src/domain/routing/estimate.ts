import { type Cadence, MEAN_WITHIN, type NotCredible } from './cadence.ts';

export type Estimate =
  | { readonly kind: 'credible'; readonly waitMs: number }
  | { readonly kind: 'notCredible'; readonly why: NotCredible };

/** Where somebody stands in line, and how long he will. */
export interface InLine {
  readonly ahead: number;
  readonly estimate: Estimate;
}

/** A desk at which somebody waits. */
export interface WaitedAt {
  readonly queue: string;
  readonly atWork: number;
  readonly cadence: Cadence;
}

type Serving = Pick<WaitedAt, 'queue'> & { readonly everyMs: number };

/**
 * How long he still waits, from now; what he has waited already is behind him. `desks`: where an agent is sought for him,
 * the own one first; after an overflow they are several, at each another line moves, and who stands before him at one may
 * be taken by another. `line`: for each of those before him, in their order, where they wait.
 *
 * A desk whose pace nobody knows can only make it shorter. It is left out where that would hardly be noticed, its agents
 * taken to be as quick as those who were seen; else nothing is told.
 */
export function estimateWait(desks: readonly WaitedAt[], line: readonly (readonly string[])[]): Estimate {
  const seen = desks.flatMap(({ queue, atWork, cadence }) =>
    cadence.kind === 'credible' ? [{ queue, atWork, everyMs: cadence.everyMs }] : [],
  );
  const doubted = desks.filter(({ cadence, atWork }) => cadence.kind === 'notCredible' && atWork > 0);
  if (seen.length === 0) return whyNot(doubted[0] ?? desks[0]);
  const waitMs = playedOut(seen, line);
  if (doubted.length === 0) return { kind: 'credible', waitMs };
  const agents = seen.reduce((sum, { atWork }) => sum + atWork, 0);
  const agentMs = seen.reduce((sum, { atWork, everyMs }) => sum + everyMs * atWork * atWork, 0) / agents;
  const supposed = doubted.map(({ queue, atWork }) => ({ queue, everyMs: agentMs / atWork }));
  const atBestMs = playedOut([...seen, ...supposed], line);
  return waitMs > atBestMs * (1 + MEAN_WITHIN) ? whyNot(doubted[0]) : { kind: 'credible', waitMs };
}

const whyNot = (desk: WaitedAt | undefined): Estimate =>
  desk?.cadence.kind === 'notCredible' ? desk.cadence : { kind: 'notCredible', why: 'nobodyAtWork' };

/**
 * The desks take turns, each as often as its line moves, and each takes the first who waits at it. All of them together
 * take somebody every so often, and his wait is the turns until he is the one.
 */
function playedOut(desks: readonly Serving[], line: readonly (readonly string[])[]): number {
  const everyMs = 1 / desks.reduce((sum, desk) => sum + 1 / desk.everyMs, 0);
  const turns = desks.map((desk) => ({ ...desk, nextMs: desk.everyMs }));
  const before = [...line];
  for (let taken = 1; ; taken += 1) {
    const turn = turns.reduce((first, one) => (one.nextMs < first.nextMs ? one : first));
    turn.nextMs += turn.everyMs;
    const at = before.findIndex((queues) => queues.includes(turn.queue));
    if (at === -1) return taken * everyMs;
    before.splice(at, 1);
  }
}
