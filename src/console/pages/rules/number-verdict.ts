import { onBeforeUnmount, type Ref, shallowRef, watch } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { isRefusal } from '../../api/problem.ts';

export type NumberLookedAt = AnswerOf<paths['/v1/rules/versions/{version}/numbers/{number}']['get']>;

const REST_MS = 250;

/** What the server says of a number while it is typed: may it be entered, and what leads to it. null: not known yet. */
export function useNumberVerdict(
  version: () => string,
  number: () => string,
): { readonly verdict: Ref<NumberLookedAt | null> } {
  const verdict = shallowRef<NumberLookedAt | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let question = 0;

  async function look(typed: string): Promise<void> {
    question += 1;
    const mine = question;
    const path = { version: version(), number: typed };
    try {
      const found = await answer(
        api.GET('/v1/rules/versions/{version}/numbers/{number}', { params: { path } }),
      );
      if (mine === question) verdict.value = found;
    } catch (error) {
      // The next key asks again; nothing is sent without an answer.
      if (!isRefusal(error)) throw error;
    }
  }
  watch(
    [version, number],
    () => {
      clearTimeout(timer);
      verdict.value = null;
      question += 1;
      const typed = number().trim();
      if (typed !== '') timer = setTimeout(() => void look(typed), REST_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return { verdict };
}
