/** How the other side is heard, from one look to the next. */
export interface CallQuality {
  /** Of the packets that should have come, 0 to 1. */
  readonly loss: number;
  readonly jitterMs: number;
  /** There and back; null: not known yet. */
  readonly roundTripMs: number | null;
  /** Estimated opinion, 1 to 4.5 (ITU-T G.107, shortened to delay and loss). */
  readonly mos: number;
}

export interface Counted {
  readonly received: number;
  readonly lost: number;
}

/** What the codec hides of single losses: G.711 with concealment, which is the worse of those in use. */
const CONCEALMENT = 25;
const BEST = 93.2;

export function opinion({ loss, jitterMs, roundTripMs }: Omit<CallQuality, 'mos'>): number {
  const delayMs = (roundTripMs ?? 0) / 2 + jitterMs * 2 + 20;
  const late = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lost = (95 * loss * 100) / (loss * 100 + CONCEALMENT);
  const r = BEST - late - lost;
  if (r <= 0) return 1;
  const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.min(4.5, Math.max(1, mos));
}

/** What came and what got lost since the last look; null while nothing comes: of silence nothing is known, not that all is lost. */
export function qualitySince(
  counted: Counted,
  before: Counted | null,
  sound: Pick<CallQuality, 'jitterMs' | 'roundTripMs'>,
): { readonly quality: CallQuality; readonly since: Counted } | null {
  const lost = Math.max(0, counted.lost - (before?.lost ?? 0));
  const received = Math.max(0, counted.received - (before?.received ?? 0));
  if (lost + received === 0) return null;
  const seen = { loss: lost / (lost + received), ...sound };
  return { quality: { ...seen, mos: opinion(seen) }, since: { received, lost } };
}
