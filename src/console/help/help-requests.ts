import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { useFollowing } from '../live/following.ts';

export type HelpRequest = AnswerOf<paths['/v1/help-requests']['get']>['requests'][number];
const EVERY_MS = 15_000;

/** Who asks his lead now, the longest first: for the lead's board and the head of his every page. */
export const useHelpRequests = defineStore('helpRequests', () => {
  const requests = shallowRef<readonly HelpRequest[]>([]);
  const { look, follow } = useFollowing('help', EVERY_MS, async () => {
    requests.value = (await answer(api.GET('/v1/help-requests'))).requests;
  });
  return { requests, look, follow };
});
