import { computed, type Ref, shallowRef } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { type ConnectionRate, useConnectionRate } from '../../elements/connection-rate.ts';
import { dayOf } from '../../elements/moments.ts';
import { useReadAgain } from '../../elements/read-again.ts';

export type Totals = AnswerOf<paths['/v1/totals']['get']>['total'];
export type Incident = AnswerOf<paths['/v1/incidents']['get']>['incidents'][number];

const EVERY_MS = 20_000;

export interface WallFigures {
  readonly rate: Ref<ConnectionRate | null>;
  readonly today: Ref<Totals | null>;
  /** Null: not read yet. `closed`: not for this account, which is not told that there are none. */
  readonly incidents: Ref<readonly Incident[] | 'closed' | null>;
  /** Since when all of them stand as they are shown; null: not all have come yet. What is older than a minute is old. */
  readonly readAtMs: Readonly<Ref<number | null>>;
}

/** What the live picture does not tell: figures of the day, read again and again while the board hangs. */
export function useWallFigures(): WallFigures {
  const today = shallowRef<Totals | null>(null);
  const incidents = shallowRef<readonly Incident[] | 'closed' | null>(null);
  const { rate, readAtMs: rateAtMs } = useConnectionRate();
  const { readAtMs: dayAtMs } = useReadAgain(EVERY_MS, async () => {
    const day = dayOf(Date.now());
    const [totals, open] = await Promise.all([
      answer(api.GET('/v1/totals', { params: { query: { from: day, to: day } } })),
      // Who was refused once is not asked about again every few seconds.
      incidents.value === 'closed' ? incidents.value : openIncidents(),
    ]);
    today.value = totals.total;
    incidents.value = open;
  });
  const readAtMs = computed(() =>
    rateAtMs.value === null || dayAtMs.value === null ? null : Math.min(rateAtMs.value, dayAtMs.value),
  );
  return { rate, today, incidents, readAtMs };
}

async function openIncidents(): Promise<readonly Incident[] | 'closed'> {
  try {
    const { incidents } = await answer(
      api.GET('/v1/incidents', { params: { query: { state: 'open', limit: 6 } } }),
    );
    return incidents;
  } catch (error) {
    if (error instanceof Problem && error.document.status === 403) return 'closed';
    throw error;
  }
}
