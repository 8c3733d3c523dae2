import { computed, type Ref, shallowRef } from 'vue';
import type { AnswerOf } from '../../api/answer-of.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.ts';
import { useAsking } from '../../elements/refusal.ts';

export type Agent = AnswerOf<paths['/v1/agents/roster']['get']>['agents'][number];
export type Employer = AnswerOf<paths['/v1/employers']['get']>['employers'][number];
export type Queue = AnswerOf<paths['/v1/queues']['get']>['queues'][number];

interface Roster {
  readonly agents: Ref<readonly Agent[]>;
  readonly employers: Ref<readonly Employer[]>;
  readonly queues: Ref<readonly Queue[]>;
  /** Every skill that somebody has, or that a queue in force asks for. */
  readonly skills: Ref<readonly string[]>;
  readonly known: Ref<boolean>;
  readonly refusal: Ref<string | null>;
  readonly read: () => Promise<void>;
}

export function useRoster(): Roster {
  const agents = shallowRef<readonly Agent[]>([]);
  const employers = shallowRef<readonly Employer[]>([]);
  const queues = shallowRef<readonly Queue[]>([]);
  const known = shallowRef(false);
  const { ask, refusal } = useAsking();

  async function read(): Promise<void> {
    await ask(async () => {
      const [roster, list, desks] = await Promise.all([
        answer(api.GET('/v1/agents/roster')),
        answer(api.GET('/v1/employers')),
        answer(api.GET('/v1/queues')),
      ]);
      agents.value = roster.agents.toSorted((a, b) => a.number.localeCompare(b.number));
      employers.value = list.employers;
      queues.value = desks.queues;
      known.value = true;
    });
  }
  const skills = computed(() =>
    [
      ...new Set([
        ...agents.value.flatMap(({ skills: held }) => Object.keys(held)),
        ...queues.value.flatMap((queue) => askedOf(queue.skills)),
      ]),
    ].toSorted(),
  );
  return { agents, employers, queues, skills, known, refusal, read };
}

/** Skills named in `en:2, wu?, @unit?`; whose people somebody is, is no skill of his. */
export function askedOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .map((word) => word.replace(/[:?].*$/, ''))
    .filter((word) => word !== '' && !word.startsWith('@'));
}
