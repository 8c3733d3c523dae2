import {
  type Report,
  reportText,
  type Shown,
  type Task,
  type Totals,
  tasksText,
  totalsText,
  type Version,
  versionLine,
} from '../rules-text.ts';
import { Misuse } from '../setback.ts';
import {
  type Command,
  edit,
  inDraft,
  type Job,
  pathOf,
  put,
  readBytes,
  reasonOf,
  revisionOf,
  word,
} from './command.ts';
import { exportRules, importRules } from './whole.ts';

const NULLABLE = new Set(['validTo', 'unitNumber', 'trunk', 'greeting', 'menu', 'hours', 'centreAddress']);
const FIELDS =
  'name unitCode unitName mode validFrom validTo queue unitNumber trunk greeting menu afterEnd hours centreAddress basis area';

/** `mode=FORWARD validTo=` -> fields of the API; nothing behind the sign means none. */
function fieldsOf(words: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new Misuse('rules.field', `"${text}" is not field=value.`, `Fields: ${FIELDS}.`);
      const value = text.slice(at + 1);
      const field = text.slice(0, at);
      return [field, value === '' && NULLABLE.has(field) ? null : value];
    }),
  );
}

/** A whole configuration has curly brackets, a register commas. */
const isWhole = (file: string): boolean => file.endsWith('.json');

async function importRegister(job: Job, file: string): Promise<number> {
  const { counter, options, print } = job;
  // As it is: the server tells UTF-8 and GBK apart.
  const bytes = readBytes(file).toString('base64');
  if (options.check) {
    const version = options.version ?? 'published';
    const body = { revision: await revisionOf(counter, version), file: bytes, checkOnly: true };
    const { report } = await counter.post<{ report: Report }>(`${pathOf(version)}/register`, body);
    print(reportText(report));
    return report.refused.length === 0 ? 0 : 1;
  }
  const into = async (version: string): Promise<number> => {
    const body = { revision: await revisionOf(counter, version), file: bytes };
    const { report } = await counter.post<{ report: Report }>(`${pathOf(version)}/register`, body);
    print(reportText(report));
    print(versionLine((await counter.get<Shown>(pathOf(version))).version));
    return report.refused.length === 0 ? 0 : 1;
  };
  return options.version === undefined ? inDraft(counter, `导入 ${file}`, into) : into(options.version);
}

/** The register of numbers: changed one by one, as a file, and counted. */
export const LINE_COMMANDS: readonly Command[] = [
  {
    name: 'set',
    words: 'V NUMBER field=value …',
    does: { zh: '在草稿中修改或登记号码', en: `change or enter a number in a draft; fields: ${FIELDS}` },
    options: [],
    example: 'set 7 12320 name=卫生热线 unitCode=health unitName=卫健委 mode=TRANSITION',
    async run(job) {
      const [version, number] = [word(job, 0, 'the version'), word(job, 1, 'the number')];
      const lines = [{ number, ...fieldsOf(job.rest.slice(2)) }];
      job.print(versionLine(await edit(job.counter, version, { lines })));
      return 0;
    },
  },
  {
    name: 'remove',
    words: 'V NUMBER',
    does: {
      zh: '号码自今日起不再登记；指明生效日期则从历史中删除该期间',
      en: 'a number ends; with --from the period of that first day is taken out of the history',
    },
    options: ['from'],
    example: 'remove 7 12320 --from 2026-12-01',
    async run(job) {
      const [version, number] = [word(job, 0, 'the version'), word(job, 1, 'the number')];
      const day = job.options.from === undefined ? {} : { validFrom: job.options.from };
      job.print(versionLine(await edit(job.counter, version, { removeLines: [{ number, ...day }] })));
      return 0;
    },
  },
  {
    name: 'change',
    words: 'NUMBER field=value …',
    does: { zh: '起草、修改并发布，一步完成', en: 'draft, set and publish in one' },
    options: ['reason'],
    example: 'change 12369 mode=DEDICATED queue=desk-12369 --reason 来函设专席',
    async run(job) {
      const [number, reason] = [word(job, 0, 'the number'), reasonOf(job)];
      const lines = [{ number, ...fieldsOf(job.rest.slice(1)) }];
      await inDraft(job.counter, reason, async (draft) => {
        await edit(job.counter, draft, { lines });
        job.print(versionLine(await job.counter.post<Version>(`${pathOf(draft)}/publish`, { reason })));
      });
      return 0;
    },
  },
  {
    name: 'import',
    words: 'FILE',
    does: {
      zh: '将登记簿（.csv）或全部配置（.json）导入草稿',
      en: 'register as .csv, or everything as .json, into a draft',
    },
    options: ['version', 'check'],
    example: 'import register.csv --check',
    run: (job) => {
      const file = word(job, 0, 'the file');
      return isWhole(file) ? importRules(job, file) : importRegister(job, file);
    },
  },
  {
    name: 'export',
    words: '[V]',
    does: {
      zh: '导出登记簿（CSV），或全部配置（--all FILE）',
      en: 'register as CSV; the whole configuration with --all FILE',
    },
    options: ['out', 'all'],
    example: 'export --all rules.json',
    async run(job) {
      const version = job.rest[0] ?? 'published';
      const { all, out } = job.options;
      if (all !== undefined) return exportRules({ ...job, options: { ...job.options, out: all } }, version);
      if (out !== undefined && isWhole(out)) return exportRules(job, version);
      const csv = await job.counter.get<string>(`${pathOf(version)}/register.csv`);
      put(job, csv);
      return 0;
    },
  },
  {
    name: 'totals',
    words: '[V]',
    does: { zh: '登记簿在某日的统计', en: 'the register in figures on a day' },
    options: ['at'],
    example: 'totals --at 2020-06-01',
    async run({ counter, options, rest, print }) {
      const query = options.at === undefined ? '' : `?day=${encodeURIComponent(options.at)}`;
      const version = pathOf(rest[0] ?? 'published');
      print(totalsText(await counter.get<Totals>(`${version}/totals${query}`)));
      return 0;
    },
  },
  {
    name: 'transitions',
    words: '[V]',
    does: { zh: '过渡期的提醒和停用日', en: 'warnings and ends of transitions, by day' },
    options: [],
    example: 'transitions',
    async run({ counter, rest, print }) {
      const version = pathOf(rest[0] ?? 'published');
      const { tasks } = await counter.get<{ tasks: readonly Task[] }>(`${version}/transitions`);
      print(tasksText(tasks));
      return 0;
    },
  },
];
