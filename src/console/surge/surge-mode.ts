import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { useFollowing } from '../live/following.ts';

export type SurgeMode = NonNullable<AnswerOf<paths['/v1/surge-mode']['get']>['surgeMode']>;
const EVERY_MS = 20_000;

/** 高峰模式 as the server has it: for the head of every desk and the lead's switch. No `mode` is off only where it is known. */
export const useSurgeMode = defineStore('surgeMode', () => {
  const mode = shallowRef<SurgeMode | null>(null);
  const { known, look, follow } = useFollowing('surgeMode', EVERY_MS, async () => {
    mode.value = (await answer(api.GET('/v1/surge-mode'))).surgeMode;
  });
  return { mode, known, look, follow };
});
