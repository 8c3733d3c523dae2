import { type Ref, ref, shallowRef } from 'vue';
import { answer, api } from '../api/client.ts';
import { useAsking } from '../elements/refusal.ts';
import type { Opened, Version } from './shapes.ts';

interface RulesDesk {
  readonly versions: Ref<readonly Version[]>;
  readonly inForce: Ref<Opened | null>;
  /** The version that is looked at beside the one in force. */
  readonly opened: Ref<Opened | null>;
  readonly refusal: Ref<string | null>;
  readonly busy: Ref<boolean>;
  readonly reload: () => Promise<void>;
}

async function read(ref: string): Promise<Opened> {
  const params = { path: { version: ref } };
  const [{ version, history }, { rules }, { findings }, { changes }] = await Promise.all([
    answer(api.GET('/v1/rules/versions/{version}', { params })),
    answer(api.GET('/v1/rules/versions/{version}/rules', { params })),
    answer(api.GET('/v1/rules/versions/{version}/findings', { params })),
    answer(api.GET('/v1/rules/diff', { params: { query: { to: ref } } })),
  ]);
  return { version, history, rules, changes, findings };
}

/** The rules as the server has them. What comes for an earlier question is dropped. */
export function useRulesDesk(wanted: () => number | null): RulesDesk {
  const versions = shallowRef<readonly Version[]>([]);
  const inForce = shallowRef<Opened | null>(null);
  const opened = shallowRef<Opened | null>(null);
  const { ask, busy, refusal } = useAsking();
  const question = ref(0);

  async function reload(): Promise<void> {
    question.value += 1;
    const mine = question.value;
    const number = wanted();
    busy.value = false;
    await ask(async () => {
      const [list, current, other] = await Promise.all([
        answer(api.GET('/v1/rules/versions', { params: { query: { limit: 100 } } })),
        read('published'),
        number === null ? null : read(String(number)),
      ]);
      if (mine !== question.value) return;
      versions.value = list.versions;
      inForce.value = current;
      // The one in force beside itself says nothing.
      opened.value = other?.version.id === current.version.id ? null : other;
    });
  }
  return { versions, inForce, opened, busy, refusal, reload };
}
