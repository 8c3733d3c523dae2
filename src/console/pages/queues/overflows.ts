import { type Ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useAsking } from '../../elements/refusal.ts';
import type { Opened } from '../../rules/shapes.ts';
import type { Overflow } from './shapes.ts';

type Drawn = ReadonlyMap<string, Overflow>;

interface Overflows {
  /** By queue, as the server draws it. */
  readonly drawn: Ref<Drawn>;
  readonly refusal: Ref<string | null>;
  readonly read: () => Promise<void>;
}

/** The chains of a version; read again when it is edited. What comes for an earlier revision is dropped. */
export function useOverflows(opened: () => Opened | null): Overflows {
  const drawn = shallowRef<Drawn>(new Map());
  const { ask, busy, refusal } = useAsking();
  const of = (): string => `${opened()?.version.number}.${opened()?.version.revision}`;

  async function read(): Promise<void> {
    const asked = of();
    const version = opened()?.version.number;
    if (version === undefined) {
      drawn.value = new Map();
      return;
    }
    // Of another revision by now: it must not hold up this one.
    busy.value = false;
    await ask(async () => {
      const { overflows } = await answer(
        api.GET('/v1/rules/versions/{version}/overflows', { params: { path: { version: String(version) } } }),
      );
      if (asked === of()) drawn.value = new Map(overflows.map((one) => [one.queue, one]));
    });
  }
  watch(of, () => void read(), { immediate: true });
  return { drawn, refusal, read };
}
