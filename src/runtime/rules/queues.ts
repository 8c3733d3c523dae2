import { QUEUE_FIELDS } from '../../domain/hotlines/versions/rule-set.ts';
import { versionLine } from '../rules-text.ts';
import { Misuse } from '../setback.ts';
import { type Command, edit, word } from './command.ts';

/** What the API answers of queues, as far as a terminal shows it. */
interface QueueList {
  readonly queues: readonly Readonly<Record<string, string | number | boolean | object | null>>[];
}

const FIELDS: readonly string[] = QUEUE_FIELDS.filter((field) => field !== 'code');
const TEXTS = new Set(['name', 'overflowQueue', 'rating', 'skills', 'lastResort']);

function queuesText({ queues }: QueueList): string {
  return queues
    .map((queue) => {
      const said = FIELDS.filter((field) => field !== 'name').map(
        (field) => `${field}=${textOf(queue[field])}`,
      );
      return `${textOf(queue.code)}  ${textOf(queue.name)}\n  ${said.join(' ')}`;
    })
    .join('\n');
}
const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : `${value}`;

/** `tellsPlace=true placeEveryMs=60000 skills=` -> fields of the API; nothing behind the sign means none. */
function queueFields(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf('=');
      const [field, value] = [text.slice(0, at), text.slice(at + 1)];
      if (at < 1 || !FIELDS.includes(field)) {
        throw new Misuse('rules.field', `"${text}" is not field=value.`, `Fields: ${FIELDS.join(' ')}.`);
      }
      return [field, value === '' ? null : TEXTS.has(field) ? value : fieldValue(field, value)];
    }),
  );
}

function fieldValue(field: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    const cure = `A number, true or false, or JSON: for example ${field === 'tellsPlace' ? 'tellsPlace=true' : 'placeEveryMs=60000'}.`;
    throw new Misuse('rules.field', `"${value}" is no value of ${field}.`, cure);
  }
}

/** Queues: how calls wait for a desk, and what they hear meanwhile. */
export const QUEUE_COMMANDS: readonly Command[] = [
  {
    name: 'queues',
    words: '',
    does: { zh: '队列及其规则', en: 'queues of the published rules, field by field' },
    options: [],
    example: 'queues',
    async run({ counter, print }) {
      print(queuesText(await counter.read<QueueList>('/queues')));
      return 0;
    },
  },
  {
    name: 'queue-set',
    words: 'V CODE field=value …',
    does: {
      zh: '在草稿中修改或新建队列',
      en: `change or enter a queue in a draft; fields: ${FIELDS.join(' ')}`,
    },
    options: [],
    example: 'queue-set 7 general tellsPlace=true placeEveryMs=60000',
    async run(job) {
      const [version, code] = [word(job, 0, 'the version'), word(job, 1, 'the queue')];
      const queues = [{ code, ...queueFields(job.rest.slice(2)) }];
      job.print(versionLine(await edit(job.counter, version, { queues })));
      return 0;
    },
  },
];
