import type { RulesCounter } from './rules-counter.ts';
import { type Shown, type Version, versionLine } from './rules-text.ts';
import { Setback } from './setback.ts';

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

const LISTS = new Set(['methods', 'trusts']);

/** `methods=diversion,to line= dids=80001234:12319` -> fields of the API. */
function trunkFields(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) {
        throw new Setback(
          'rules.field',
          `"${text}" is not field=value.`,
          'Fields: name carrier methods line dids trusts dialledEntry.',
        );
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
  throw new Setback('rules.field', `"${text}" is not DID:LINE.`, 'For example dids=80001234:12319.');
}

interface Job {
  readonly counter: RulesCounter;
  readonly options: { readonly limit: string };
  readonly rest: readonly string[];
  readonly print: (text: string) => void;
}

function codeOf(code: string | undefined): string {
  if (code !== undefined) return encodeURIComponent(code);
  throw new Setback('rules.missing', 'the trunk is missing.', 'See which there are: rules trunks.');
}

/** What `rules` can do with trunks. */
export const TRUNK_VERBS: readonly (readonly [string, (job: Job) => Promise<number>])[] = [
  [
    'trunks',
    async ({ counter, print }) => {
      print(trunksText(await counter.trunks<TrunkList>('')));
      return 0;
    },
  ],
  [
    'trunk',
    async ({ counter, options, rest, print }) => {
      const query = `limit=${encodeURIComponent(options.limit)}`;
      print(trunkCallsText(await counter.trunks<TrunkCallList>(`/${codeOf(rest[0])}/calls?${query}`)));
      return 0;
    },
  ],
  [
    'trunk-set',
    async ({ counter, rest, print }) => {
      const [version = '', code, ...words] = rest;
      codeOf(code);
      const at = `/versions/${encodeURIComponent(version)}`;
      const { revision } = (await counter.get<Shown>(at)).version;
      const edit = { trunks: [{ code, ...trunkFields(words) }] };
      print(versionLine(await counter.post<Version>(`${at}/edits`, { revision, edit })));
      return 0;
    },
  ],
];
