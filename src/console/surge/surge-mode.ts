import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { isRefusal } from '../api/problem.ts';
import { useLive } from '../live/live.ts';

export type SurgeMode = NonNullable<AnswerOf<paths['/v1/surge-mode']['get']>['surgeMode']>;
const EVERY_MS = 20_000;

/** 高峰模式 as the server has it: for the head of every desk and the lead's switch. */
export const useSurgeMode = defineStore('surgeMode', () => {
  const live = useLive();
  const mode = shallowRef<SurgeMode | null>(null);

  async function look(): Promise<void> {
    try {
      mode.value = (await answer(api.GET('/v1/surge-mode'))).surgeMode;
    } catch (error) {
      // Asked again in a moment; the lamp in the head tells of a server that is away.
      if (!isRefusal(error)) throw error;
    }
  }

  /** While somebody looks: at once when it is turned, and now and then, since its end comes without a word. */
  function follow(): () => void {
    void look();
    const timer = window.setInterval(() => void look(), EVERY_MS);
    const deaf = live.onNotice(({ kind }) => {
      if (kind === 'surgeMode') void look();
    });
    const blind = watch(
      () => live.fresh,
      (fresh) => {
        if (fresh) void look();
      },
    );
    return () => {
      window.clearInterval(timer);
      deaf();
      blind();
    };
  }
  return { mode, look, follow };
});
