import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';

type Answer = AnswerOf<paths['/v1/consultations']['get']>;

/** Who is asked learns of it within so long: he has the telephone at his ear. */
export const ASKED_EVERY_MS = 4_000;
/** Nobody becomes an expert from one minute to the next. */
const NO_EXPERT_MS = 5 * 60_000;

/** Who asks the owner of this account now, by telephone. */
export const useConsultations = defineStore('consultations', () => {
  const found = shallowRef<Answer | null>(null);
  let askedAtMs = 0;

  async function look(): Promise<void> {
    askedAtMs = Date.now();
    found.value = await answer(api.GET('/v1/consultations'));
  }
  /** On every page: of who is no expert the server is asked seldom. */
  async function lookNowAndThen(): Promise<void> {
    if (found.value?.expert === false && Date.now() - askedAtMs < NO_EXPERT_MS) return;
    await look();
  }
  return {
    found,
    calls: computed(() => found.value?.calls ?? []),
    look,
    lookNowAndThen,
  };
});
