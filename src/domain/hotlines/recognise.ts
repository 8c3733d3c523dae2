import { parseDiversion, parseHistoryInfo, userOf } from './address.ts';
import type { Configuration, Line } from './configuration.ts';
import { normaliseNumber, readNumber } from './number.ts';
import { periodAt } from './register/period.ts';

/** What the carrier's INVITE said, raw. */
export interface CarrierCall {
  readonly dialled: string;
  readonly callerNumber: string;
  readonly headers: {
    readonly to: string;
    readonly diversion: readonly string[];
    readonly historyInfo: readonly string[];
  };
}

export interface Recognition {
  readonly line: Line | null;
  readonly method: 'requestUri' | 'diversion' | 'historyInfo' | 'to' | 'none';
  readonly confidence: 'certain' | 'likely' | 'guess';
  readonly reason: string;
  /** The call was here before: the unit's telephone, or we ourselves, sent it round again. */
  readonly loop: boolean;
}

interface Register {
  /** The periods of each number. */
  readonly lines: ReadonlyMap<string, readonly Line[]>;
  /** A unit's telephone -> the numbers of ours that ring it. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  readonly main: string;
  readonly areaCode: string;
}
/** One index per published version; a version never changes, so neither does its index. */
const registers = new WeakMap<Configuration, Register>();

function registerOf(configuration: Configuration): Register {
  const known = registers.get(configuration);
  if (known !== undefined) return known;
  const { areaCode, mainNumber } = configuration.municipality;
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const register: Register = {
    lines: grouped(configuration.lines.map((line) => [canonical(line.number), line])),
    units: grouped(
      configuration.lines.flatMap((line) =>
        line.unitNumber === null ? [] : [[canonical(line.unitNumber), canonical(line.number)] as const],
      ),
    ),
    main: canonical(mainNumber),
    areaCode,
  };
  registers.set(configuration, register);
  return register;
}

function grouped<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** What the register says of a number on a day. */
function lineOf(register: Register, number: string | null, day: string): Line | undefined {
  const periods = number === null ? undefined : register.lines.get(number);
  return periods === undefined ? undefined : (periodAt(periods, day) ?? undefined);
}

/**
 * Which of our numbers did the citizen dial? A line's own number in the request URI is beyond doubt. Otherwise the
 * carrier forwarded the call to the main number, and the forwarding trail says from where. `day` is the local one: it
 * chooses among a number's periods.
 */
export function recognise(configuration: Configuration, call: CarrierCall, day: string): Recognition {
  const register = registerOf(configuration);
  const dialled = normaliseNumber(call.dialled, register.areaCode);
  const direct = lineOf(register, dialled, day);
  const trail = parseDiversion(call.headers.diversion);

  if (direct !== undefined && dialled !== null && dialled !== register.main) {
    // The line's number itself, yet forwarded by its unit: that unit must not be rung a second time.
    const loop = numbers(register, trail).some((number) => register.units.get(number)?.includes(dialled));
    return {
      line: direct,
      method: 'requestUri',
      confidence: 'certain',
      reason: `被叫号码即登记号码 ${direct.number}`,
      loop,
    };
  }
  const forwarded =
    fromTrail(register, trail, 'diversion', day) ??
    fromTrail(
      register,
      parseHistoryInfo(call.headers.historyInfo)
        .map(({ user }) => user)
        .reverse(),
      'historyInfo',
      day,
    ) ??
    fromTo(register, call.headers.to, day);
  if (forwarded !== null) return forwarded;

  if (direct !== undefined) {
    return {
      line: direct,
      method: 'requestUri',
      confidence: 'certain',
      reason: trail.length === 0 ? '直接拨打主号码' : `拨打主号码；转移来源 ${trail.join('、')} 均未登记`,
      loop: false,
    };
  }
  const reading = readNumber(call.dialled, register.areaCode);
  return {
    line: null,
    method: 'none',
    confidence: 'certain',
    reason:
      reading.kind === 'number'
        ? `号码 ${reading.number} 未登记`
        : `被叫号码无法识别（${NO_NUMBER[reading.why]}）`,
    loop: false,
  };
}

const NO_NUMBER = { empty: '为空', characters: '含有非数字字符', length: '长度不符' } as const;

const numbers = (register: Register, users: readonly string[]): string[] =>
  users.flatMap((user) => normaliseNumber(user, register.areaCode) ?? []);

/** Latest forwarding first. Walks back to what was dialled first, and stops where the trail bites its own tail. */
function fromTrail(
  register: Register,
  latestFirst: readonly string[],
  method: 'diversion' | 'historyInfo',
  day: string,
): Recognition | null {
  const seen = new Set<string>();
  const found: Line[] = [];
  let cut = false;
  let returned: Line | null = null;
  for (const [position, number] of numbers(register, latestFirst).entries()) {
    // History-Info ends with the present target, which is the main number itself: no loop, just where we are.
    const here = method === 'historyInfo' && position === 0 && number === register.main;
    if (here) continue;
    if (seen.has(number) || number === register.main) {
      cut = true;
      break;
    }
    seen.add(number);
    const line = lineOf(register, number, day);
    const unit = lineOf(register, register.units.get(number)?.at(-1) ?? null, day);
    if (line !== undefined) found.push(line);
    else if (unit !== undefined) returned ??= unit;
  }
  const line = returned ?? found.at(-1);
  if (line === undefined) return null;
  const header = method === 'diversion' ? 'Diversion' : 'History-Info';
  const loop = cut || returned !== null;
  const sure = found.length === 1 && !loop && method === 'diversion';
  return {
    line,
    method,
    confidence: sure ? 'certain' : 'likely',
    reason:
      returned === null
        ? `${header} 表明由 ${line.number} 转移而来${cut ? '；转移成环，已截断' : ''}`
        : `${header} 表明由承办单位电话转回（${line.number}）`,
    loop,
  };
}

function fromTo(register: Register, to: string, day: string): Recognition | null {
  const user = userOf(to);
  const number = user === null ? null : normaliseNumber(user, register.areaCode);
  const line = number === register.main ? undefined : lineOf(register, number, day);
  if (line === undefined) return null;
  return {
    line,
    method: 'to',
    confidence: 'guess',
    reason: `To 头域为登记号码 ${line.number}`,
    loop: false,
  };
}
