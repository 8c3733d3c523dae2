import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { isRefusal } from '../api/problem.ts';
import { useLive } from '../live/live.ts';

export type HelpRequest = AnswerOf<paths['/v1/help-requests']['get']>['requests'][number];
const EVERY_MS = 15_000;

/** Who asks his lead now, the longest first: for the lead's board and the head of his every page. */
export const useHelpRequests = defineStore('helpRequests', () => {
  const live = useLive();
  const requests = shallowRef<readonly HelpRequest[]>([]);

  async function look(): Promise<void> {
    try {
      requests.value = (await answer(api.GET('/v1/help-requests'))).requests;
    } catch (error) {
      // Asked again in a moment; the lamp in the head tells of a server that is away.
      if (!isRefusal(error)) throw error;
    }
  }

  /** While somebody looks: at once when it is told of, and now and then, since what is told may be lost. */
  function follow(): () => void {
    void look();
    const timer = window.setInterval(() => void look(), EVERY_MS);
    const deaf = live.onNotice(({ kind }) => {
      if (kind === 'help') void look();
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
  return { requests, look, follow };
});
