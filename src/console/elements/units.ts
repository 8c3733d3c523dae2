import { acceptHMRUpdate, defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { AnswerOf } from '../api/answer-of.ts';
import { answer, api } from '../api/client.ts';
import type { paths } from '../api/contract.ts';
import { onListChange } from './list-changes.ts';

export type Unit = AnswerOf<paths['/v1/units']['get']>['units'][number];

/** The register's units, asked for once a session and again when their list is another one. */
export const useUnits = defineStore('units', () => {
  const units = shallowRef<readonly Unit[]>([]);
  let asked: Promise<void> | null = null;

  function load(): Promise<void> {
    asked ??= answer(api.GET('/v1/units'))
      .then((found) => {
        units.value = found.units;
      })
      .catch((error: unknown) => {
        asked = null;
        throw error;
      });
    return asked;
  }
  /** After one was added. */
  function reload(): Promise<void> {
    asked = null;
    return load();
  }

  onListChange(
    (list) => list === 'unit',
    async () => {
      if (asked !== null) await reload();
    },
  );

  const byCode = computed(() => new Map(units.value.map((unit) => [unit.code, unit])));
  /** A unit that is not in the register any more is called by its code. */
  const nameOf = (code: string): string => byCode.value.get(code)?.name ?? code;
  return { units, byCode, nameOf, load, reload };
});

if (import.meta.hot) import.meta.hot.accept(acceptHMRUpdate(useUnits, import.meta.hot));
