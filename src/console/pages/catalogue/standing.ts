import { computed, type Ref, shallowRef } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { Entry, Finding } from './shapes.ts';

const PAGE = 200;

export interface Standing {
  readonly entries: Ref<readonly Entry[]>;
  readonly version: Ref<number>;
  readonly findings: Ref<readonly Finding[]>;
  /** Categories for which nobody answers. */
  readonly gaps: Ref<readonly string[]>;
  readonly known: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  readonly read: () => Promise<void>;
}

/** The catalogue as it is published, whole: some hundreds of lines, some thousands in a city. */
export function useStanding(mayLint: () => boolean): Standing {
  const entries = shallowRef<readonly Entry[]>([]);
  const version = shallowRef(0);
  const findings = shallowRef<readonly Finding[]>([]);
  const known = shallowRef(false);
  const { ask, refusal } = useAsking();

  async function all(): Promise<{ readonly version: number; readonly entries: readonly Entry[] }> {
    const found: Entry[] = [];
    let after: string | undefined;
    for (;;) {
      const query = { limit: PAGE, ...(after === undefined ? {} : { after }) };
      const page = await answer(api.GET('/v1/dispatch/catalogue', { params: { query } }));
      found.push(...page.entries);
      if (page.next === null) return { version: page.version, entries: found };
      after = page.next;
    }
  }
  async function read(): Promise<void> {
    await ask(async () => {
      const [stands, linted] = await Promise.all([
        all(),
        mayLint() ? answer(api.GET('/v1/dispatch/catalogue/findings')) : null,
      ]);
      entries.value = stands.entries;
      version.value = stands.version;
      findings.value = linted?.findings ?? [];
      known.value = true;
    });
  }
  const gaps = computed(() =>
    findings.value.filter(({ code }) => code === 'categoryWithoutUnit').map(({ key }) => key.category),
  );
  return { entries, version, findings, gaps, known, refusal, read };
}
