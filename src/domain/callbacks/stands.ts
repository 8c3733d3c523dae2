import { type Ask, asWish, EASED_AFTER_MS, requires } from '../skills/skills.ts';

/** A desk that looks for an agent for who is to be called back, as it would if he had waited on. */
export interface Stand {
  readonly queue: string;
  readonly fromMs: number;
  /** What an agent must be able to do; absent: nothing. */
  readonly ask?: Ask;
}

interface Standing {
  readonly queue: string;
  readonly sinceMs: number;
  /** Absent in callbacks saved by an earlier release. His own desk first. */
  readonly stands?: readonly Stand[];
}

/**
 * His own desk, and those that look for him too by now. Once the last of them has looked for a minute, and nobody at work at
 * any can do what is asked for there, it is a wish: as of a citizen who waits on (`calls/easing`).
 */
export function standsNow(
  { queue, sinceMs, stands = [] }: Standing,
  nowMs: number,
  ableAtWork: (queue: string, ask: Ask | undefined) => boolean,
): { readonly own: Stand; readonly also: readonly Stand[] } {
  const isEased = nowMs >= easesMs(stands) && !stands.some((one) => ableAtWork(one.queue, one.ask));
  const asked = isEased ? stands.map(wished) : stands;
  const own = asked.find((one) => one.queue === queue) ?? { queue, fromMs: sinceMs };
  return { own, also: asked.filter((one) => one.queue !== queue && one.fromMs <= nowMs) };
}

/** When the next desk begins to look, or what is asked for is looked at again; null: nothing changes by itself. */
export function nextStandMs({ stands = [] }: Standing, nowMs: number): number | null {
  const later = stands.flatMap(({ fromMs }) => (fromMs > nowMs ? [fromMs] : []));
  if (later.length > 0) return Math.min(...later);
  if (!asks(stands)) return null;
  const at = easesMs(stands);
  return nowMs < at ? at : nowMs + EASED_AFTER_MS;
}

/** Whether he stands where somebody is required who can do something. */
export const asks = (stands: readonly Stand[] = []): boolean => stands.some(({ ask }) => requires(ask));

const easesMs = (stands: readonly Stand[]): number =>
  asks(stands) ? Math.max(...stands.map(({ fromMs }) => fromMs)) + EASED_AFTER_MS : Number.POSITIVE_INFINITY;

const wished = (stand: Stand): Stand =>
  stand.ask === undefined ? stand : { ...stand, ask: asWish(stand.ask) };
