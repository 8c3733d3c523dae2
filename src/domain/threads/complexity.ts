/** A ticket of a thread, as far as its burden goes. Times in epoch milliseconds. */
export interface ThreadTicket {
  readonly acceptedAt: number;
  /** Units that it was dispatched to, in their order. */
  readonly dispatched: readonly { readonly at: number; readonly unitCode: string }[];
  readonly returns: number;
  /** Reworks and reopenings. */
  readonly again: number;
  /** One incident that it is of, whose appeals are moved together; absent or null: none. */
  readonly incidentId?: string | null;
}

/** What many brought forward in one incident, and was done for all of them at once, is borne once. */
function borne(tickets: readonly ThreadTicket[]): readonly Pick<ThreadTicket, 'returns' | 'again'>[] {
  const incidents = new Map<string, Pick<ThreadTicket, 'returns' | 'again'>>();
  const alone: ThreadTicket[] = [];
  for (const ticket of tickets) {
    const { incidentId = null, returns, again } = ticket;
    if (incidentId === null) alone.push(ticket);
    else {
      const before = incidents.get(incidentId) ?? { returns: 0, again: 0 };
      incidents.set(incidentId, {
        returns: Math.max(before.returns, returns),
        again: Math.max(before.again, again),
      });
    }
  }
  return [...alone, ...incidents.values()];
}

/**
 * Why a matter is a complex case (HM-09, HM-14): handed on from unit to unit; appealed about again and again over a long time;
 * worked on again and again without effect; returned by each as not theirs.
 */
export const COMPLEX_REASONS = ['transfers', 'repeats', 'poorEffect', 'unclear'] as const;
export type ComplexReason = (typeof COMPLEX_REASONS)[number];
export const COMPLEX_REASON_NAMES: Readonly<Record<ComplexReason, string>> = {
  transfers: '多次转办',
  repeats: '长期重复反映',
  poorEffect: '处置效果不佳',
  unclear: '处置责任不明确',
};

export const COMPLEX_REASON_NAMES_EN: typeof COMPLEX_REASON_NAMES = {
  transfers: 'handed on many times',
  repeats: 'brought up again over a long time',
  poorEffect: 'worked on again to no effect',
  unclear: 'unclear who is responsible',
};

const TRANSFERS_FROM = 3;
const REPEATS_FROM = 3;
const LONG_MS = 90 * 86_400_000;
const AGAIN_FROM = 2;
const RETURNS_FROM = 3;

/** How often the matter went from one unit to another, over all its tickets and years. */
export function transfersOf(tickets: readonly ThreadTicket[]): number {
  const units = tickets
    .flatMap(({ dispatched }) => dispatched)
    .sort((a, b) => a.at - b.at)
    .map(({ unitCode }) => unitCode);
  return units.filter((unit, index) => index > 0 && unit !== units[index - 1]).length;
}

/** Empty: no complex case. More tickets, transfers or returns never take a reason away. */
export function complexityOf(tickets: readonly ThreadTicket[]): readonly ComplexReason[] {
  const accepted = tickets.map(({ acceptedAt }) => acceptedAt);
  const spanMs = Math.max(...accepted) - Math.min(...accepted);
  const appeals = borne(tickets);
  const sum = (of: (appeal: Pick<ThreadTicket, 'returns' | 'again'>) => number): number =>
    appeals.reduce((all, one) => all + of(one), 0);
  const holds: Readonly<Record<ComplexReason, boolean>> = {
    transfers: transfersOf(tickets) >= TRANSFERS_FROM,
    repeats: appeals.length >= REPEATS_FROM && spanMs >= LONG_MS,
    poorEffect: sum(({ again }) => again) >= AGAIN_FROM,
    unclear: sum(({ returns }) => returns) >= RETURNS_FROM,
  };
  return COMPLEX_REASONS.filter((reason) => holds[reason]);
}

/** `CX20140915-000012`: day of its first ticket, running number. */
export const threadNumber = (day: string, sequence: number): string =>
  `CX${day.replaceAll('-', '')}-${String(sequence).padStart(6, '0')}`;
