import { type Command, type Job, reasonOf, word } from './command.ts';

/** What the API answers, as far as a terminal shows it. */
interface Item {
  readonly id: string;
  readonly dueDay: string;
  readonly unit: { readonly name: string };
  readonly words: { readonly zh: string };
  readonly state: string;
  readonly closed: { readonly by: string | null; readonly at: string; readonly reason: string } | null;
}

const STATES: Readonly<Record<string, string>> = {
  open: '未办',
  done: '已办',
  dismissed: '无需办理',
  withdrawn: '已撤销',
};

function itemText({ id, dueDay, unit, words, state, closed }: Item): string {
  const end = closed === null ? '' : `\n    ${closed.at}  ${closed.by ?? '系统'}  ${closed.reason}`;
  return `${dueDay}  ${STATES[state] ?? state}  ${words.zh}  ${unit.name}\n    ${id}${end}`;
}

const close = (how: 'finish' | 'dismiss') => async (job: Job) => {
  const id = encodeURIComponent(word(job, 0, 'the id of the task'));
  job.print(itemText(await job.counter.send<Item>(`/work-items/${id}/${how}`, { reason: reasonOf(job) })));
  return 0;
};

/** Tasks of transitions whose day has come. */
export const TASK_COMMANDS: readonly Command[] = [
  {
    name: 'tasks',
    words: '[STATE]',
    does: {
      zh: '到期的过渡期任务；STATE 为 open、done、dismissed、withdrawn 或 all',
      en: 'tasks of transitions that fell due: open ones, those of a state, or all',
    },
    options: [],
    example: 'tasks open',
    async run({ counter, rest: [state = 'open'], print }) {
      const query = state === 'all' ? '' : `&state=${encodeURIComponent(state)}`;
      const { items } = await counter.read<{ items: readonly Item[] }>(`/work-items?limit=200${query}`);
      print(items.length === 0 ? '没有任务 no tasks' : items.map(itemText).join('\n'));
      return 0;
    },
  },
  {
    name: 'task-done',
    words: 'ID',
    does: { zh: '任务已办理', en: 'the task is done' },
    options: ['reason'],
    example: 'task-done 0b9d5c1e-3f3a-4a55-8f0e-6f5d3b1c2a10 --reason 已函告农业农村局',
    run: close('finish'),
  },
  {
    name: 'task-dismiss',
    words: 'ID',
    does: { zh: '任务无需办理', en: 'nothing is to be done about the task' },
    options: ['reason'],
    example: 'task-dismiss 0b9d5c1e-3f3a-4a55-8f0e-6f5d3b1c2a10 --reason 号码已由运营商注销',
    run: close('dismiss'),
  },
];
