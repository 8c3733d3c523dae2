import { versionLine } from '../rules-text.ts';
import { Misuse } from '../setback.ts';
import { type Command, edit, word } from './command.ts';

/** What the API answers of trunks, as far as a terminal shows it. */
interface Profile {
  readonly name: string;
  readonly carrier: string;
  readonly methods: readonly string[];
  readonly line: string | null;
  readonly dids: readonly { readonly did: string; readonly line: string }[];
  readonly trusts: readonly string[];
  readonly dialledEntry: string;
}
interface TrunkList {
  readonly trunks: readonly {
    readonly code: string;
    readonly profile: Profile | null;
    readonly lastCallAt: string | null;
  }[];
}
interface TrunkCallList {
  readonly calls: readonly {
    readonly arrivedAt: string;
    readonly dialled: string;
    readonly callerNumber: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly recognised: {
      readonly line: string | null;
      readonly method: string;
      readonly confidence: string;
      readonly reason: string;
    } | null;
    readonly methods: readonly {
      readonly name: string;
      readonly asked: boolean;
      readonly says: string;
      readonly line: string | null;
      readonly reason: string;
    }[];
  }[];
}

function trunksText({ trunks }: TrunkList): string {
  return trunks
    .map(({ code, profile, lastCallAt }) => {
      const last = `最近来电 ${lastCallAt ?? '无'}`;
      if (profile === null) return `${code}  未登记，其转移信息不予采信  ${last}`;
      return [
        `${code}  ${profile.name}  ${profile.carrier}  ${last}`,
        `  次序 methods=${profile.methods.join(',')}`,
        `  采信 trusts=${profile.trusts.join(',')}`,
        `  专属 line=${profile.line ?? ''}  直拨 dids=${profile.dids.map(({ did, line }) => `${did}:${line}`).join(',')}`,
        `  原被叫 dialledEntry=${profile.dialledEntry}`,
      ].join('\n');
    })
    .join('\n');
}

function trunkCallsText({ calls }: TrunkCallList): string {
  if (calls.length === 0) return '没有来电 no calls';
  return calls
    .map(({ arrivedAt, dialled, callerNumber, headers, recognised, methods }) =>
      [
        `${arrivedAt}  ${callerNumber || '（隐藏）'} -> ${dialled}`,
        ...Object.entries(headers).flatMap(([name, value]) =>
          [value].flat().flatMap((one) => (one === '' ? [] : [`  ${name}: ${one}`])),
        ),
        recognised === null
          ? '  未识别'
          : `  => ${recognised.line ?? '未登记'}  ${recognised.method}  ${recognised.confidence}  ${recognised.reason}`,
        ...methods.map(
          ({ name, asked, says, line, reason }) =>
            `     ${asked ? '' : '（不问）'}${name}: ${says === 'line' ? line : says === 'ignored' ? '不采信' : '-'}  ${reason}`,
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

const FIELDS = 'name carrier methods line dids trusts dialledEntry';
const LISTS = new Set(['methods', 'trusts']);

/** `methods=diversion,to line= dids=80001234:12319` -> fields of the API. */
function trunkFields(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) {
        throw new Misuse('rules.field', `"${text}" is not field=value.`, `Fields: ${FIELDS}.`);
      }
      const [field, value] = [text.slice(0, at), text.slice(at + 1)];
      const parts = value.split(',').filter((one) => one !== '');
      if (LISTS.has(field)) return [field, parts];
      if (field === 'dids') return [field, parts.map(did)];
      return [field, field === 'line' && value === '' ? null : value];
    }),
  );
}

function did(text: string): object {
  const [number = '', line] = text.split(':');
  if (line !== undefined && line !== '') return { did: number, line };
  throw new Misuse('rules.field', `"${text}" is not DID:LINE.`, 'For example dids=80001234:12319.');
}

const trunkOf = (job: Parameters<Command['run']>[0], at: number): string =>
  encodeURIComponent(word(job, at, 'the trunk'));

/** Trunks: how each says which number was dialled, and what its last calls said. */
export const TRUNK_COMMANDS: readonly Command[] = [
  {
    name: 'trunks',
    words: '',
    does: { zh: '中继及最近来电', en: 'trunks of the published rules, and who else brought calls' },
    options: [],
    example: 'trunks',
    async run({ counter, print }) {
      print(trunksText(await counter.trunks<TrunkList>('')));
      return 0;
    },
  },
  {
    name: 'trunk',
    words: 'CODE',
    does: { zh: '中继最近来电的原始信令', en: 'a trunk’s last calls: raw headers, what each method says' },
    options: ['limit'],
    example: 'trunk carrier --limit 5',
    async run(job) {
      const query = `limit=${encodeURIComponent(job.options.limit)}`;
      const calls = await job.counter.trunks<TrunkCallList>(`/${trunkOf(job, 0)}/calls?${query}`);
      job.print(trunkCallsText(calls));
      return 0;
    },
  },
  {
    name: 'trunk-set',
    words: 'V CODE field=value …',
    does: { zh: '在草稿中修改或登记中继', en: `change or enter a trunk in a draft; fields: ${FIELDS}` },
    options: [],
    example: 'trunk-set 7 carrier methods=diversion,to dids=80001234:12319',
    async run(job) {
      const [version, code] = [word(job, 0, 'the version'), word(job, 1, 'the trunk')];
      const trunks = [{ code, ...trunkFields(job.rest.slice(2)) }];
      job.print(versionLine(await edit(job.counter, version, { trunks })));
      return 0;
    },
  },
];
