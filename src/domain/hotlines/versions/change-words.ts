import { type CallbackRule, callbackWords } from '../callback-rule.ts';
import type { AfterEnd, Mode } from '../mode.ts';
import { UNSTAFFED_RULE } from '../overflow-words.ts';
import type { LastResort } from '../queue.ts';
import { DIALLED_ENTRY_NAMES, HEADER_NAMES, METHOD_NAMES, type TrunkProfile } from '../trunk.ts';
import type { Place, Row } from './change.ts';
import type { FieldValue } from './content.ts';
import { menuChangeWords, menuWords } from './menu-words.ts';

export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  MAIN: '主号码',
  FORWARD: '呼叫转移',
  TRANSITION: '短期过渡',
  DEDICATED: '专席受理',
  PARALLEL: '双号并行',
  MERGED: '整体并入',
  SUBCENTER: '设分中心',
};

export const AFTER_END_NAMES: Readonly<Record<AfterEnd, string>> = {
  connect: '转接人工',
  goodbye: '播报后结束',
  none: '不再登记',
};

export const LAST_RESORT_NAMES: Readonly<Record<LastResort, string>> = {
  wait: '继续等待',
  message: '留言',
};

export const FIELD_NAMES = {
  municipality: {
    name: '名称',
    areaCode: '区号',
    timeZone: '时区',
    mainNumber: '主号码',
    generalQueue: '总席队列',
  },
  trunk: {
    code: '代码',
    name: '名称',
    carrier: '运营商',
    methods: '识别顺序',
    line: '专属号码',
    dids: '直拨号码',
    trusts: '采信的信息',
    dialledEntry: '原被叫所在的 Diversion',
  },
  queue: {
    code: '代码',
    name: '名称',
    overflowQueue: '溢出队列',
    overflowAfterMs: '溢出等待',
    overflowWaiting: '溢出人数',
    overflowLongestMs: '溢出最长等待',
    overflowUnstaffed: `${UNSTAFFED_RULE.zh}即溢出`,
    ringTimeoutMs: '振铃时限',
    wrapUpMs: '整理时长',
    rating: '通话评价',
    priority: '优先级',
    skills: '技能要求',
    ownerFirstMs: '原受理人优先时长',
    tellsPlace: '播报位置和等待时间',
    placeEveryMs: '播报位置的间隔',
    lastResort: '最后出路',
    lastResortAfterMs: '最后出路等待',
    callback: '排队回呼',
  },
  line: {
    number: '号码',
    name: '名称',
    unitCode: '承办单位代码',
    unitName: '承办单位',
    mode: '归并方式',
    validFrom: '生效日期',
    validTo: '终止日期',
    queue: '受理队列',
    unitNumber: '承办单位电话',
    trunk: '中继',
    greeting: '问候语',
    menu: '菜单',
    skills: '技能要求',
    afterEnd: '期满后',
    hours: '受理时间',
    centreAddress: '分中心地址',
    basis: '依据',
    area: '区域',
  },
} as const satisfies Record<Exclude<Place['thing'], 'menu'>, Readonly<Record<string, string>>>;

const THING_NAMES = {
  municipality: '本地',
  trunk: '中继',
  queue: '队列',
  menu: '菜单',
  line: '号码',
} as const;

export type Told =
  | {
      readonly kind: 'changed';
      readonly place: Place;
      readonly field: string;
      readonly from: FieldValue;
      readonly to: FieldValue;
    }
  | { readonly kind: 'added' | 'removed'; readonly place: Place; readonly row: Row };

/** A change as an operator reads it: `号码 12316（2020-04-28 起）归并方式由“短期过渡”改为“呼叫转移”`. */
export function describe(change: Told): string {
  const subject = subjectOf(change.place);
  if (change.kind === 'changed') {
    const { field, from, to, place } = change;
    if (place.thing === 'menu') return menuChangeWords(place.key, field, from, to);
    return `${subject}${place.thing === 'line' ? '' : '的'}${fieldWords(place.thing, field, from, to)}`;
  }
  const verb = change.kind === 'added' ? '新增' : '删除';
  return `${verb}${subject.trimEnd()}：${rowWords(change.row)}`;
}

/** The same without whose field it is: `归并方式由“短期过渡”改为“呼叫转移”`. */
export function fieldWords(
  thing: Exclude<Place['thing'], 'menu'>,
  field: string,
  from: FieldValue,
  to: FieldValue,
): string {
  const names: Readonly<Record<string, string>> = FIELD_NAMES[thing];
  const words = thing === 'trunk' ? trunkValueWords : valueWords;
  return `${names[field] ?? field}由${words(field, from)}改为${words(field, to)}`;
}

function subjectOf({ thing, key }: Place): string {
  if (thing !== 'line') return `${THING_NAMES[thing]}${key === '' ? '' : ` ${key} `}`;
  const [number = key, day = ''] = key.split('@');
  return `号码 ${number}（${day} 起）`;
}

function rowWords(row: Row): string {
  if ('nodes' in row) return menuWords(row);
  if (!('mode' in row)) return row.name;
  const end = row.validTo === null ? '' : `，至 ${row.validTo}`;
  return `${row.name}，${row.unitName}，${MODE_NAMES[row.mode]}${end}`;
}

function valueWords(field: string, value: FieldValue): string {
  if (value === null || value === '') return '（无）';
  if (field === 'mode') return `“${MODE_NAMES[value as Mode] ?? value}”`;
  if (field === 'callback' && typeof value === 'object') return `“${callbackWords(value as CallbackRule)}”`;
  if (field === 'afterEnd') return `“${AFTER_END_NAMES[value as AfterEnd] ?? value}”`;
  if (field === 'lastResort') return `“${LAST_RESORT_NAMES[value as LastResort] ?? value}”`;
  if (typeof value === 'boolean') return value ? '“是”' : '“否”';
  if (field.endsWith('Ms') && typeof value === 'number') return ` ${value / 1000} 秒`;
  return `“${typeof value === 'object' ? JSON.stringify(value) : value}”`;
}

/** Lists of a trunk as an operator reads them: `“被叫号码、Diversion、To”`. */
function trunkValueWords(field: string, value: FieldValue): string {
  const list = <T>(words: (one: T) => string): string =>
    Array.isArray(value) && value.length > 0
      ? `“${(value as T[]).map(words).join('、')}”`
      : valueWords(field, null);
  switch (field) {
    case 'methods':
      return list((one: TrunkProfile['methods'][number]) => METHOD_NAMES[one] ?? one);
    case 'trusts':
      return list((one: TrunkProfile['trusts'][number]) => HEADER_NAMES[one] ?? one);
    case 'dids':
      return list(({ did, line }: TrunkProfile['dids'][number]) => `${did}→${line}`);
    case 'dialledEntry':
      return `“${DIALLED_ENTRY_NAMES[value as TrunkProfile['dialledEntry']] ?? value}”`;
    default:
      return valueWords(field, value);
  }
}
