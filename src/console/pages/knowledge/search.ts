import { ref, shallowRef } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { Hit } from './shapes.ts';

export interface Question {
  readonly words: string;
  readonly kind: Hit['kind'] | '';
  readonly line: string;
  readonly unit: string;
  readonly area: string;
  readonly category: string;
}

/** As the search takes it; null: there is nothing to look for. */
export const lookedFor = ({ words, kind, line, unit, area, category }: Question) =>
  words.trim() === ''
    ? null
    : {
        words: words.trim(),
        ...(kind === '' ? {} : { kind }),
        ...(line === '' ? {} : { line }),
        ...(unit === '' ? {} : { unit }),
        ...(area === '' ? {} : { area }),
        ...(category === '' ? {} : { category }),
      };

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

  async function now(asked: Question, typing: boolean): Promise<void> {
    clearTimeout(soon);
    question += 1;
    const mine = question;
    const looked = lookedFor(asked);
    if (looked === null) {
      hits.value = [];
      answered.value = '';
      return;
    }
    busy.value = false;
    await ask(async () => {
      const query = { ...looked, typing, limit: MOST };
      const found = await answer(api.GET('/v1/knowledge/search', { params: { query } }));
      if (mine !== question) return;
      hits.value = found.hits;
      answered.value = asked.words;
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
