import { computed, type Ref, shallowRef, watch } from 'vue';
import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { useAsking } from '../../elements/refusal.ts';

/** By what is sorted, each a list in editions. */
export const LISTS = ['category', 'type', 'tag', 'area', 'unit'] as const;
export type ListId = (typeof LISTS)[number];
type Read = AnswerOf<paths['/v1/codes/{list}']['get']>;
export type CodeTerm = Read['terms'][number];
export type Edition = Read['edition'];
export type Draft = AnswerOf<paths['/v1/codes/{list}/editions/{number}']['get']>;
export type CodeFinding = AnswerOf<paths['/v1/codes/{list}/draft/check']['get']>['findings'][number];
export type DraftEdit = Omit<BodyOf<paths['/v1/codes/{list}/draft/rows']['post']>, 'revision'>;

/** One list: what is in force, what is being drafted, and what may still be wrong with that. */
export function useCodeDesk(list: Ref<ListId>, mayCheck: () => boolean) {
  const { ask, busy, refusal } = useAsking();
  const inForce = shallowRef<Read | null>(null);
  const draft = shallowRef<Draft | null>(null);
  const findings = shallowRef<readonly CodeFinding[]>([]);
  const known = shallowRef(false);
  const editions = computed(() => inForce.value?.editions ?? []);
  /** Published, and its day has not come. */
  const waiting = computed(() => editions.value.find(({ state }) => state === 'published') ?? null);
  const isFaulty = computed(() => findings.value.some(({ severity }) => severity === 'error'));

  let reading: Promise<void> = Promise.resolve();
  function read(): Promise<void> {
    reading = readNow();
    return reading;
  }
  async function readNow(): Promise<void> {
    // Another list was chosen meanwhile: its answers are waited for, not these.
    busy.value = false;
    const wanted = list.value;
    const params = { path: { list: wanted } };
    await ask(async () => {
      const found = await answer(api.GET('/v1/codes/{list}', { params })).catch((error: unknown) => {
        // A house may have no list of this kind yet.
        if (error instanceof Problem && error.document.status === 404) return null;
        throw error;
      });
      const number = found?.editions.find(({ state }) => state === 'draft')?.number;
      const begun =
        number === undefined
          ? null
          : await answer(
              api.GET('/v1/codes/{list}/editions/{number}', { params: { path: { list: wanted, number } } }),
            );
      const checked =
        begun === null || !mayCheck()
          ? []
          : (await answer(api.GET('/v1/codes/{list}/draft/check', { params }))).findings;
      if (wanted !== list.value) return;
      inForce.value = found;
      draft.value = begun;
      findings.value = checked;
      known.value = true;
    });
  }
  watch(
    list,
    () => {
      known.value = false;
      inForce.value = null;
      draft.value = null;
      findings.value = [];
      void read();
    },
    { immediate: true },
  );
  return {
    inForce,
    draft,
    findings,
    known,
    editions,
    waiting,
    isFaulty,
    busy,
    refusal,
    read,
    settled: () => reading,
  };
}
export type CodeDesk = ReturnType<typeof useCodeDesk>;

/** Each under what it belongs to, as deep as that; what belongs to nothing that there is stands at the top. */
export function asTree(
  terms: readonly CodeTerm[],
): readonly (CodeTerm & { readonly id: string; readonly depth: number })[] {
  const codes = new Set(terms.map(({ code }) => code));
  const below = new Map<string | null, CodeTerm[]>();
  for (const term of terms) {
    const parent = term.parentCode !== null && codes.has(term.parentCode) ? term.parentCode : null;
    below.set(parent, [...(below.get(parent) ?? []), term]);
  }
  const seen = new Set<string>();
  const rows: (CodeTerm & { id: string; depth: number })[] = [];
  const walk = (parent: string | null, depth: number): void => {
    for (const term of below.get(parent) ?? []) {
      if (seen.has(term.code)) continue;
      seen.add(term.code);
      rows.push({ ...term, id: term.code, depth });
      walk(term.code, depth + 1);
    }
  };
  walk(null, 0);
  // In a circle nothing is at the top: shown all the same, the check says what is wrong.
  for (const term of terms) if (!seen.has(term.code)) rows.push({ ...term, id: term.code, depth: 0 });
  return rows;
}
