import { parseDiversion, parseHistoryInfo, userOf } from './address.ts';
import type { Configuration, Line } from './configuration.ts';
import { cameFromUnit, type Trail, walkTrail } from './forwarding-trail.ts';
import { normaliseNumber, readNumber } from './number.ts';
import { type KnownTrunk, lineOf, type NumberIndex, numberIndex, trunkOf } from './number-index.ts';
import { DEFAULT_TRUNK, HEADER_NAMES, type RecognitionMethod, type TrustedHeader } from './trunk.ts';

/** What the carrier's INVITE said, raw. */
export interface CarrierCall {
  /** The trunk it came over; where none is named, the usual one. */
  readonly trunk?: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly headers: {
    readonly to: string;
    readonly diversion: readonly string[];
    readonly historyInfo: readonly string[];
    /** The redirecting number as the switch holds it; '' when there is none. */
    readonly rdnis?: string;
  };
}

export type Confidence = 'certain' | 'likely' | 'guess';
export interface Recognition {
  readonly line: Line | null;
  readonly method: RecognitionMethod | 'none';
  readonly confidence: Confidence;
  readonly reason: string;
  /** The call was here before: the unit's telephone, or we ourselves, sent it round again. */
  readonly loop: boolean;
}

/** What one method says of a call: a number of ours, nothing, or something that is not believed on this trunk. */
export type Reading =
  | {
      readonly kind: 'line';
      readonly method: RecognitionMethod;
      readonly line: Line;
      readonly confidence: Confidence;
      readonly reason: string;
      readonly loop: boolean;
    }
  | { readonly kind: 'silent' | 'ignored'; readonly method: RecognitionMethod; readonly reason: string };

/** One call laid out for the methods; the headers are read once. */
interface Scene {
  readonly index: NumberIndex;
  readonly trunk: KnownTrunk;
  readonly day: string;
  readonly dialled: string | null;
  readonly to: string;
  /** Latest forwarding first, in the one spelling. */
  readonly diversion: readonly string[];
  readonly historyInfo: readonly string[];
  readonly rdnis: string | null;
  /** Whether the header was there at all, readable or not. */
  readonly sent: { readonly diversion: boolean; readonly historyInfo: boolean; readonly rdnis: boolean };
}

/**
 * Which of our numbers did the citizen dial? The trunk's own order of methods decides; the first that names a number of
 * ours is taken, and where none does, the dialled number stands. `day` is the local one: it chooses among a number's
 * periods.
 */
export function recognise(configuration: Configuration, call: CarrierCall, day: string): Recognition {
  const scene = sceneOf(configuration, call, day);
  let doubts = '';
  for (const method of scene.trunk.profile.methods) {
    const said = READ[method](scene);
    if (said.kind === 'line') {
      const { kind, ...recognition } = said;
      const other = contradiction(scene, said);
      const confidence = other !== '' && said.confidence === 'certain' ? 'likely' : said.confidence;
      return { ...recognition, confidence, reason: `${said.reason}${other}${doubts}` };
    }
    if (said.kind === 'ignored') doubts += `；${said.reason}`;
  }
  return lastResort(scene, call, doubts);
}

/** What each method says on its own, asked or not, in the order of the trunk; those it does not ask stand last. */
export function readings(
  configuration: Configuration,
  call: CarrierCall,
  day: string,
): readonly (Reading & { readonly asked: boolean })[] {
  const scene = sceneOf(configuration, call, day);
  const { methods } = scene.trunk.profile;
  const others = DEFAULT_TRUNK.methods.filter((method) => !methods.includes(method));
  return [
    ...methods.map((method) => ({ ...READ[method](scene), asked: true })),
    ...others.map((method) => ({ ...READ[method](scene), asked: false })),
  ];
}

function sceneOf(configuration: Configuration, call: CarrierCall, day: string): Scene {
  const index = numberIndex(configuration);
  const trunk = trunkOf(index, call.trunk ?? DEFAULT_TRUNK.code);
  const { to, diversion, historyInfo, rdnis = '' } = call.headers;
  const chain = numbers(index, diversion.length === 0 ? [] : parseDiversion(diversion));
  const history = historyInfo.length === 0 ? [] : parseHistoryInfo(historyInfo);
  return {
    index,
    trunk,
    day,
    dialled: normaliseNumber(call.dialled, index.areaCode),
    to,
    diversion: trunk.profile.dialledEntry === 'last' ? chain : chain.reverse(),
    historyInfo: numbers(index, history.map(({ user }) => user).reverse()),
    rdnis: rdnis === '' ? null : normaliseNumber(rdnis, index.areaCode),
    sent: {
      diversion: diversion.length > 0,
      historyInfo: historyInfo.length > 0,
      rdnis: rdnis !== '',
    },
  };
}

const numbers = (index: NumberIndex, users: readonly string[]): string[] =>
  users.flatMap((user) => normaliseNumber(user, index.areaCode) ?? []);

const silent = (method: RecognitionMethod, reason: string): Reading => ({ kind: 'silent', method, reason });

const READ: Readonly<Record<RecognitionMethod, (scene: Scene) => Reading>> = {
  trunk(scene) {
    const { line } = scene.trunk.profile;
    if (line === null) return silent('trunk', '中继不专属于某一号码');
    return promised(scene, 'trunk', normaliseNumber(line, scene.index.areaCode), '中继专属于');
  },
  did(scene) {
    const line = scene.dialled === null ? undefined : scene.trunk.dids.get(scene.dialled);
    if (line === undefined) return silent('did', '被叫号码不在该中继的直拨号码表中');
    return promised(scene, 'did', line, `直拨号码 ${scene.dialled} 对应`);
  },
  requestUri({ index, dialled, day, diversion, historyInfo }) {
    const line = lineOf(index, dialled, day);
    if (line === undefined || dialled === null) return silent('requestUri', '被叫号码不是登记号码');
    if (dialled === index.main) return silent('requestUri', '被叫号码即主号码');
    return {
      kind: 'line',
      method: 'requestUri',
      line,
      confidence: 'certain',
      reason: `被叫号码即登记号码 ${line.number}`,
      loop: cameFromUnit(index, [...diversion, ...historyInfo], dialled),
    };
  },
  diversion: (scene) => forwarded(scene, 'diversion', scene.diversion),
  historyInfo: (scene) => forwarded(scene, 'historyInfo', scene.historyInfo),
  rdnis: (scene) => forwarded(scene, 'rdnis', scene.rdnis === null ? [] : [scene.rdnis]),
  to({ index, day, to }) {
    const user = userOf(to);
    const number = user === null ? null : normaliseNumber(user, index.areaCode);
    const line = number === index.main ? undefined : lineOf(index, number, day);
    if (line === undefined) return silent('to', 'To 头域不含登记号码');
    const reason = `To 头域为登记号码 ${line.number}`;
    return { kind: 'line', method: 'to', line, confidence: 'guess', reason, loop: false };
  },
};

/** A trunk or a DID that the carrier gave to one number. Forged headers prove no loop away: they can only add caution. */
function promised(
  { index, day, diversion, historyInfo }: Scene,
  method: 'trunk' | 'did',
  number: string | null,
  words: string,
): Reading {
  const line = lineOf(index, number, day);
  if (line === undefined || number === null) return silent(method, `${words} ${number}，该号码未登记`);
  const loop = cameFromUnit(index, [...diversion, ...historyInfo], number);
  return { kind: 'line', method, line, confidence: 'certain', reason: `${words} ${line.number}`, loop };
}

type Forwarding = 'diversion' | 'historyInfo' | 'rdnis';

function forwarded(scene: Scene, method: Forwarding, latestFirst: readonly string[]): Reading {
  const header = HEADER_NAMES[method];
  if (!scene.sent[method]) return silent(method, `没有 ${header}`);
  if (!believed(scene, method)) {
    const { profile } = scene.trunk;
    const known = scene.index.trunks.has(profile.code);
    const because = known ? '其转移信息不予采信' : '未登记，其转移信息不予采信';
    return { kind: 'ignored', method, reason: `${header} 来自中继 ${profile.code}，${because}` };
  }
  const trail = trailOf(scene, method, latestFirst);
  if (trail === null) {
    return silent(
      method,
      latestFirst.length === 0 ? `${header} 中没有可识别的号码` : `${header} 中的号码均未登记`,
    );
  }
  const { line, returned, cut, ours } = trail;
  const loop = cut || returned;
  return {
    kind: 'line',
    method,
    line,
    confidence: ours === 1 && !loop && method === 'diversion' ? 'certain' : 'likely',
    reason: returned
      ? `${header} 表明由承办单位电话转回（${line.number}）`
      : `${header} 表明由 ${line.number} 转移而来${cut ? '；转移成环，已截断' : ''}`,
    loop,
  };
}

// History-Info ends with the present target, the main number itself: no loop, just where we are.
const trailOf = (scene: Scene, method: Forwarding, latestFirst: readonly string[]): Trail | null =>
  walkTrail(scene.index, latestFirst, scene.day, { endsHere: method === 'historyInfo' });

/** The switch takes the redirecting number out of the headers: it is as good as they are, and no better. */
function believed({ trunk, sent }: Scene, method: Forwarding): boolean {
  const trusts = (header: TrustedHeader): boolean => trunk.profile.trusts.includes(header);
  if (method !== 'rdnis') return trusts(method);
  return (
    trusts('rdnis') &&
    (!sent.diversion || trusts('diversion')) &&
    (!sent.historyInfo || trusts('historyInfo'))
  );
}

/** Diversion and History-Info are two tales of one journey: where they name different numbers, neither is certain. */
function contradiction(scene: Scene, { method, line }: Reading & { kind: 'line' }): string {
  if (method !== 'diversion' && method !== 'historyInfo') return '';
  const other = method === 'diversion' ? 'historyInfo' : 'diversion';
  if (!scene.sent[other] || !scene.trunk.profile.methods.includes(other) || !believed(scene, other))
    return '';
  const trail = trailOf(scene, other, scene[other]);
  if (trail === null || trail.line.number === line.number) return '';
  return `；${HEADER_NAMES[other]} 却指 ${trail.line.number}`;
}

function lastResort(scene: Scene, call: CarrierCall, doubts: string): Recognition {
  const { index, dialled, day, diversion } = scene;
  const line = lineOf(index, dialled, day);
  if (line !== undefined && dialled !== null) {
    const main = dialled === index.main;
    const strangers = main && doubts === '' ? diversion.join('、') : '';
    const reason = main ? '直接拨打主号码' : `被叫号码即登记号码 ${line.number}`;
    return {
      line,
      method: 'requestUri',
      // Something was said that is not believed: perhaps it was true.
      confidence: main && doubts !== '' ? 'likely' : 'certain',
      reason: strangers === '' ? `${reason}${doubts}` : `拨打主号码；转移来源 ${strangers} 均未登记`,
      loop: !main && cameFromUnit(index, diversion, dialled),
    };
  }
  const reading = readNumber(call.dialled, index.areaCode);
  return {
    line: null,
    method: 'none',
    confidence: 'certain',
    reason:
      reading.kind === 'number'
        ? `号码 ${reading.number} 未登记${doubts}`
        : `被叫号码无法识别（${NO_NUMBER[reading.why]}）`,
    loop: false,
  };
}

const NO_NUMBER = { empty: '为空', characters: '含有非数字字符', length: '长度不符' } as const;
