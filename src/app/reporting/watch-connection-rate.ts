import { MINUTE_MS } from '../../domain/reporting/connection-counters.ts';
import { percentOf } from '../../domain/reporting/figures.ts';
import { type BreachWarning, type RollingRate, TARGET_PERCENT } from '../../domain/reporting/rolling-rate.ts';
import type { AlarmBook, AlarmWords } from '../ports/alarms.ts';
import type { ConnectionWaits } from '../ports/connection-waits.ts';
import { readConnectionRate } from './read-connection-rate.ts';

/** One that a person took off is not put back at once, although it lasts. */
const SAID_AGAIN_MS = 3_600_000;

const KINDS = ['connection.breached', 'connection.breachComing'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Whoever could still call somebody in must know of it before it happens (C10): an alarm where fewer than GB/T 33358 asks
 * were answered within 15 s in the last 24 hours, and another where at the present pace it comes to that. Each goes by
 * itself. Returns what there is to say now.
 */
export function watchConnectionRate(deps: {
  readonly waits: ConnectionWaits;
  readonly alarms: Pick<AlarmBook, 'raise' | 'settle'>;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  const read = readConnectionRate(deps);
  const saidAt = new Map<Kind, number>();
  return async (): Promise<BreachWarning> => {
    const atMs = deps.now();
    const toMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    const { series, warning } = await read(toMs - MINUTE_MS, toMs);
    const now = series.at(-1);
    const said = now === undefined ? null : wordsOf(warning, now);
    for (const kind of KINDS) {
      if (said?.kind !== kind) {
        saidAt.delete(kind);
        await deps.alarms.settle(kind, atMs, { reason: '已不再如此', reasonEn: 'It is so no more' });
      } else if (atMs - (saidAt.get(kind) ?? Number.NEGATIVE_INFINITY) >= SAID_AGAIN_MS) {
        await deps.alarms.raise({ ...said, id: deps.newId(), key: kind, subject: 'connectionRate', atMs });
        saidAt.set(kind, atMs);
      }
    }
    return warning;
  };
}

function wordsOf(
  warning: BreachWarning,
  { connected, requested }: RollingRate,
): (AlarmWords & { readonly kind: Kind }) | null {
  const percent = percentOf(connected, requested);
  const rate = `${percent}%（${connected}/${requested}）`;
  const rateEn = `${percent} % (${connected} of ${requested})`;
  switch (warning.kind) {
    case 'breached':
      return {
        kind: 'connection.breached',
        detail: `最近 24 小时 15 秒接通率 ${rate}，低于 ${TARGET_PERCENT}%`,
        detailEn: `Of the last 24 hours' callers ${rateEn} were answered within 15 s, fewer than ${TARGET_PERCENT} %`,
      };
    case 'coming':
      return {
        kind: 'connection.breachComing',
        detail: `照最近一小时的情况，约 ${warning.inMinutes} 分钟后 24 小时 15 秒接通率将低于 ${TARGET_PERCENT}%，现为 ${rate}`,
        detailEn: `At the pace of the last hour the 24 hours' rate falls below ${TARGET_PERCENT} % in ${warning.inMinutes} min; it is ${rateEn} now`,
      };
    case 'none':
    case 'tooFewCalls':
      return null;
    default:
      return warning satisfies never;
  }
}
