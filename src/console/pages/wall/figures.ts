import { onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { isRefusal, Problem } from '../../api/problem.ts';
import { dayOf } from '../../elements/moments.ts';

type Got<P extends '/v1/reports/connection-rate' | '/v1/totals' | '/v1/incidents'> =
  paths[P]['get']['responses'][200]['content']['application/json'];
export type ConnectionRate = Got<'/v1/reports/connection-rate'>;
export type Totals = Got<'/v1/totals'>['total'];
export type Incident = Got<'/v1/incidents'>['incidents'][number];

const EVERY_MS = 20_000;

export interface WallFigures {
  readonly rate: Ref<ConnectionRate | null>;
  readonly today: Ref<Totals | null>;
  /** Null: this account may not read them. */
  readonly incidents: Ref<readonly Incident[] | null>;
  /** When they were last read; null: never. What is older than a minute is shown as old. */
  readonly readAtMs: Ref<number | null>;
}

/** What the live picture does not tell: figures of the day, read again and again while the board hangs. */
export function useWallFigures(): WallFigures {
  const rate = shallowRef<ConnectionRate | null>(null);
  const today = shallowRef<Totals | null>(null);
  const incidents = shallowRef<readonly Incident[] | null>(null);
  const readAtMs = ref<number | null>(null);

  async function read(): Promise<void> {
    const day = dayOf(Date.now());
    try {
      const [connection, totals, open] = await Promise.all([
        answer(api.GET('/v1/reports/connection-rate')),
        answer(api.GET('/v1/totals', { params: { query: { from: day, to: day } } })),
        openIncidents(),
      ]);
      rate.value = connection;
      today.value = totals.total;
      incidents.value = open;
      readAtMs.value = Date.now();
    } catch (error) {
      // The board goes on with what it has, and says how old that is.
      if (!isRefusal(error)) throw error;
    }
  }

  void read();
  const timer = window.setInterval(() => void read(), EVERY_MS);
  onScopeDispose(() => window.clearInterval(timer));
  return { rate, today, incidents, readAtMs };
}

async function openIncidents(): Promise<readonly Incident[] | null> {
  try {
    const { incidents } = await answer(
      api.GET('/v1/incidents', { params: { query: { state: 'open', limit: 6 } } }),
    );
    return incidents;
  } catch (error) {
    if (error instanceof Problem && error.document.status === 403) return null;
    throw error;
  }
}
