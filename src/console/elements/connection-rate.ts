import { type Ref, shallowRef } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { type ReadAgain, useReadAgain } from './read-again.ts';

export type ConnectionRate = AnswerOf<paths['/v1/reports/connection-rate']['get']>;

const EVERY_MS = 20_000;

/** How many were answered within fifteen seconds over any rolling day, as it is now. */
export function useConnectionRate(): { readonly rate: Ref<ConnectionRate | null> } & Pick<
  ReadAgain,
  'readAtMs'
> {
  const rate = shallowRef<ConnectionRate | null>(null);
  const { readAtMs } = useReadAgain(EVERY_MS, async () => {
    rate.value = await answer(api.GET('/v1/reports/connection-rate'));
  });
  return { rate, readAtMs };
}

/** `97.31%`; a dash where nobody called. */
export const percentOf = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : `${value.toFixed(2)}%`;
