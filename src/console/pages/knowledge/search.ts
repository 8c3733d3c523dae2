import { ref, shallowRef } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { Hit } from './shapes.ts';

export interface Question {
  readonly words: string;
  readonly kind: Hit['kind'] | '';
  readonly line: string;
}
/** Fast typing asks once. */
const PAUSE_MS = 120;
const MOST = 20;

/** As somebody types: what comes for an earlier question is dropped. */
export function useSearch() {
  const hits = shallowRef<readonly Hit[]>([]);
  /** What was asked when the hits came; empty: nothing yet. */
  const answered = ref('');
  const { busy, refusal, ask } = useAsking();
  let question = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  async function now({ words, kind, line }: Question, typing: boolean): Promise<void> {
    clearTimeout(soon);
    question += 1;
    const mine = question;
    if (words.trim() === '') {
      hits.value = [];
      answered.value = '';
      return;
    }
    busy.value = false;
    await ask(async () => {
      const query = {
        ...{ words: words.trim(), typing, limit: MOST },
        ...(kind === '' ? {} : { kind }),
        ...(line === '' ? {} : { line }),
      };
      const found = await answer(api.GET('/v1/knowledge/search', { params: { query } }));
      if (mine !== question) return;
      hits.value = found.hits;
      answered.value = words;
    });
  }
  return {
    hits,
    answered,
    busy,
    refusal,
    now,
    soon(asked: Question): void {
      clearTimeout(soon);
      soon = setTimeout(() => void now(asked, true), PAUSE_MS);
    },
    leave: (): void => clearTimeout(soon),
  };
}
