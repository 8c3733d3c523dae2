import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { meantInstance } from './command-running.ts';
import type { InstanceOptions } from './instance.ts';
import { RulesCounter } from './rules-counter.ts';
import {
  type Compared,
  diffText,
  type Finding,
  findingsText,
  historyText,
  type Replayed,
  type Report,
  replayText,
  reportText,
  type Shown,
  type Task,
  type Totals,
  type Tried,
  tasksText,
  totalsText,
  tryText,
  type Version,
  versionLine,
} from './rules-text.ts';
import { TRUNK_VERBS } from './rules-trunks.ts';
import { Setback } from './setback.ts';
import { knownAccounts } from './tables.ts';

type Print = (text: string) => void;

export const RULES_USAGE = `rules: the rules of the running instance, changed as an operator through its API

  rules list                                      versions, newest first
  rules show V                                    one version and its history (V: a number, or published)
  rules draft TITLE                               begin a version with the rules in force
  rules set V NUMBER field=value …                change or enter a number in a draft
  rules remove V NUMBER [--from DAY]              take a number out of a draft
  rules import FILE [--version V] [--check]       register as .csv, or everything as .json, into a draft
  rules export [V] [--out FILE]                   register as CSV; everything when FILE ends in .json
  rules lint [V]                                  findings; ends with 1 when there is an error
  rules try NUMBER [--version V] [--at T] [--diversion H] [--history H] [--to H]
  rules diff V [V2]                               what V changed, or what leads from V to V2
  rules totals [V] [--at DAY]                     the register in figures on a day
  rules transitions [V]                           warnings and ends of transitions, by day
  rules replay V [--days N]                       the last days' calls through V
  rules publish V --reason R [--at T] [--until T] now, at a time, undone by itself at another
  rules approve V, reject V, withdraw V --reason R
  rules rebase V                                  onto what was published meanwhile
  rules rollback [V] --reason R                   back to V, or to what was before
  rules change NUMBER field=value … --reason R    draft, set and publish in one

  rules trunks                                    trunks of the published rules, and who else brought calls
  rules trunk CODE [--limit N]                    a trunk's last calls: raw headers, what each method says
  rules trunk-set V CODE field=value …            methods=diversion,to trusts=… line= dids=DID:LINE,… dialledEntry=last

  fields: name unitCode unitName mode validFrom validTo queue unitNumber trunk greeting afterEnd
          hours centreAddress basis area
  as whom: --user NAME (operator) and YIHAOTONG_PASSWORD, else the sample's accounts.json
  where: --port-base N, --data DIR, or --api URL
`;

const OPTIONS = {
  api: { type: 'string' },
  user: { type: 'string' },
  'port-base': { type: 'string' },
  data: { type: 'string' },
  version: { type: 'string' },
  reason: { type: 'string' },
  at: { type: 'string' },
  until: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  diversion: { type: 'string', multiple: true },
  history: { type: 'string', multiple: true },
  days: { type: 'string', default: '7' },
  out: { type: 'string' },
  limit: { type: 'string', default: '10' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
}
type Options = ReturnType<typeof parse>['values'];

interface Job {
  readonly counter: RulesCounter;
  readonly options: Options;
  readonly rest: readonly string[];
  readonly print: Print;
}
type Verb = (job: Job) => Promise<number>;

export async function rules(argv: readonly string[], print: Print): Promise<number> {
  const { values: options, positionals } = parse(argv);
  const [name = 'help', ...rest] = options.help ? ['help'] : positionals;
  const verb = VERBS.get(name);
  if (verb === undefined) {
    print(RULES_USAGE);
    return name === 'help' ? 0 : 2;
  }
  const counter = await enter(options);
  try {
    return await verb({ counter, options, rest, print });
  } finally {
    await counter.leave();
  }
}

async function enter(options: Options): Promise<RulesCounter> {
  const where: InstanceOptions = {
    ...(options['port-base'] === undefined ? {} : { portBase: Number(options['port-base']) }),
    ...(options.data === undefined ? {} : { data: options.data }),
  };
  const instance = options.api === undefined ? meantInstance(where) : null;
  const base = options.api ?? `http://127.0.0.1:${instance?.ports.http}`;
  const user = options.user ?? 'operator';
  const kept = instance === null ? null : knownAccounts(instance.dir);
  const password =
    process.env.YIHAOTONG_PASSWORD ?? kept?.find(({ username }) => username === user)?.password ?? null;
  if (password === null) {
    throw new Setback('rules.noPassword', `No password of ${user} is known.`, 'Set YIHAOTONG_PASSWORD.');
  }
  return RulesCounter.signIn(base, user, password);
}

function word(rest: readonly string[], at: number, what: string): string {
  const value = rest[at];
  if (value === undefined) throw new Setback('rules.missing', `${what} is missing.`, RULES_USAGE);
  return value;
}
function reasonOf({ reason }: Options): string {
  if (reason === undefined) {
    throw new Setback('rules.noReason', '--reason is missing.', 'Say why: it stays in the history.');
  }
  return reason;
}
const path = (version: string): string => `/versions/${encodeURIComponent(version)}`;
const revisionOf = async (counter: RulesCounter, version: string): Promise<number> =>
  (await counter.get<Shown>(path(version))).version.revision;

const NULLABLE = new Set(['validTo', 'unitNumber', 'trunk', 'greeting', 'hours', 'centreAddress']);

/** `mode=FORWARD validTo=` -> fields of the API; nothing behind the sign means none. */
function fieldsOf(words: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new Setback('rules.field', `"${text}" is not field=value.`, RULES_USAGE);
      const value = text.slice(at + 1);
      const field = text.slice(0, at);
      return [field, value === '' && NULLABLE.has(field) ? null : value];
    }),
  );
}

const edit = async (counter: RulesCounter, version: string, change: object): Promise<Version> =>
  counter.post<Version>(`${path(version)}/edits`, {
    revision: await revisionOf(counter, version),
    edit: change,
  });

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Setback('rules.file', `${file} cannot be read.`, 'Name a file that is there.', { cause });
  }
}

/** One step of a version's life by its own address, with the reason. */
const step =
  (name: string): Verb =>
  async ({ counter, options, rest, print }) => {
    const version = word(rest, 0, 'the version');
    const moved = await counter.post<Version>(`${path(version)}/${name}`, { reason: reasonOf(options) });
    print(versionLine(moved));
    return 0;
  };

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  [
    'list',
    async ({ counter, print }) => {
      const { versions } = await counter.get<{ versions: readonly Version[] }>('/versions?limit=50');
      print(versions.map(versionLine).join('\n'));
      return 0;
    },
  ],
  [
    'show',
    async ({ counter, rest, print }) => {
      print(historyText(await counter.get<Shown>(path(word(rest, 0, 'the version')))));
      return 0;
    },
  ],
  [
    'draft',
    async ({ counter, rest, print }) => {
      const title = word(rest, 0, 'the title');
      print(versionLine(await counter.post<Version>('/versions', { title })));
      return 0;
    },
  ],
  [
    'set',
    async ({ counter, rest, print }) => {
      const [version, number] = [word(rest, 0, 'the version'), word(rest, 1, 'the number')];
      const lines = [{ number, ...fieldsOf(rest.slice(2)) }];
      print(versionLine(await edit(counter, version, { lines })));
      return 0;
    },
  ],
  [
    'remove',
    async ({ counter, options, rest, print }) => {
      const [version, number] = [word(rest, 0, 'the version'), word(rest, 1, 'the number')];
      const day = options.from === undefined ? {} : { validFrom: options.from };
      print(versionLine(await edit(counter, version, { removeLines: [{ number, ...day }] })));
      return 0;
    },
  ],
  [
    'change',
    async ({ counter, options, rest, print }) => {
      const [number, reason] = [word(rest, 0, 'the number'), reasonOf(options)];
      const lines = [{ number, ...fieldsOf(rest.slice(1)) }];
      const drafted = await counter.post<Version>('/versions', { title: reason });
      const draft = `${drafted.number}`;
      try {
        await edit(counter, draft, { lines });
        print(versionLine(await counter.post<Version>(`${path(draft)}/publish`, { reason })));
        return 0;
      } catch (error) {
        // Nobody will come back to a draft that was to be published at once.
        await counter.post(`${path(draft)}/withdraw`, { reason });
        throw error;
      }
    },
  ],
  [
    'import',
    async ({ counter, options, rest, print }) => {
      const file = word(rest, 0, 'the file');
      const text = readText(file);
      if (options.check) {
        const version = options.version ?? 'published';
        const body = { revision: await revisionOf(counter, version), csv: text, checkOnly: true };
        const { report } = await counter.post<{ report: Report }>(`${path(version)}/register`, body);
        print(reportText(report));
        return report.refused.length === 0 ? 0 : 1;
      }
      const version =
        options.version ?? `${(await counter.post<Version>('/versions', { title: `导入 ${file}` })).number}`;
      if (file.endsWith('.json')) {
        print(versionLine(await edit(counter, version, { rules: JSON.parse(text) as object })));
        return 0;
      }
      const revision = await revisionOf(counter, version);
      const body = { revision, csv: text };
      const { report } = await counter.post<{ report: Report }>(`${path(version)}/register`, body);
      print(reportText(report));
      print(versionLine((await counter.get<Shown>(path(version))).version));
      return report.refused.length === 0 ? 0 : 1;
    },
  ],
  [
    'export',
    async ({ counter, options, rest, print }) => {
      const version = path(rest[0] ?? 'published');
      const text = options.out?.endsWith('.json')
        ? `${JSON.stringify((await counter.get<{ rules: object }>(`${version}/rules`)).rules, null, 1)}\n`
        : await counter.get<string>(`${version}/register.csv`);
      if (options.out === undefined) print(text.trimEnd());
      else writeFileSync(options.out, text);
      return 0;
    },
  ],
  [
    'lint',
    async ({ counter, rest, print }) => {
      const version = path(rest[0] ?? 'published');
      const { findings } = await counter.get<{ findings: readonly Finding[] }>(`${version}/findings`);
      print(findingsText(findings));
      return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
    },
  ],
  [
    'try',
    async ({ counter, options, rest, print }) => {
      const body = {
        dialled: word(rest, 0, 'the number'),
        ...(options.at === undefined ? {} : { at: options.at }),
        headers: {
          ...(options.to === undefined ? {} : { to: options.to }),
          ...(options.diversion === undefined ? {} : { diversion: options.diversion }),
          ...(options.history === undefined ? {} : { historyInfo: options.history }),
        },
      };
      print(tryText(await counter.post<Tried>(`${path(options.version ?? 'published')}/try`, body)));
      return 0;
    },
  ],
  [
    'diff',
    async ({ counter, rest, print }) => {
      const [first, second] = [word(rest, 0, 'the version'), rest[1]];
      const query = second === undefined ? `to=${first}` : `from=${first}&to=${second}`;
      print(diffText(await counter.get<Compared>(`/diff?${query}`)));
      return 0;
    },
  ],
  [
    'totals',
    async ({ counter, options, rest, print }) => {
      const query = options.at === undefined ? '' : `?day=${encodeURIComponent(options.at)}`;
      const version = path(rest[0] ?? 'published');
      print(totalsText(await counter.get<Totals>(`${version}/totals${query}`)));
      return 0;
    },
  ],
  [
    'transitions',
    async ({ counter, rest, print }) => {
      const version = path(rest[0] ?? 'published');
      const { tasks } = await counter.get<{ tasks: readonly Task[] }>(`${version}/transitions`);
      print(tasksText(tasks));
      return 0;
    },
  ],
  [
    'replay',
    async ({ counter, options, rest, print }) => {
      const body = { days: Number(options.days) };
      const version = path(word(rest, 0, 'the version'));
      print(replayText(await counter.post<Replayed>(`${version}/replay`, body)));
      return 0;
    },
  ],
  [
    'publish',
    async ({ counter, options, rest, print }) => {
      const version = path(word(rest, 0, 'the version'));
      const { at, until } = options;
      const body = {
        reason: reasonOf(options),
        ...(at === undefined ? {} : { effectiveAt: at }),
        ...(until === undefined ? {} : { revertAt: until }),
      };
      print(versionLine(await counter.post<Version>(`${version}/publish`, body)));
      return 0;
    },
  ],
  ...TRUNK_VERBS,
  ['approve', step('approve')],
  ['reject', step('reject')],
  ['withdraw', step('withdraw')],
  [
    'rebase',
    async ({ counter, rest, print }) => {
      print(versionLine(await counter.post<Version>(`${path(word(rest, 0, 'the version'))}/rebase`, {})));
      return 0;
    },
  ],
  [
    'rollback',
    async ({ counter, options, rest, print }) => {
      const [to] = rest;
      const body = { reason: reasonOf(options), ...(to === undefined ? {} : { to }) };
      print(versionLine(await counter.post<Version>('/roll-back', body)));
      return 0;
    },
  ],
]);
