import { parseDiversion, parseHistoryInfo, userOf } from './address.ts';
import type { Configuration, Line } from './configuration.ts';
import { normaliseNumber, readNumber } from './number.ts';

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
  readonly lines: ReadonlyMap<string, Line>;
  readonly units: ReadonlyMap<string, Line>;
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
    lines: new Map(configuration.lines.map((line) => [canonical(line.number), line])),
    units: new Map(
      configuration.lines.flatMap((line) =>
        line.unitNumber === null ? [] : [[canonical(line.unitNumber), line] as const],
      ),
    ),
    main: canonical(mainNumber),
    areaCode,
  };
  registers.set(configuration, register);
  return register;
}

/**
 * Which of our numbers did the citizen dial? A line's own number in the request URI is beyond doubt. Otherwise the
 * carrier forwarded the call to the main number, and the forwarding trail says from where.
 */
export function recognise(configuration: Configuration, call: CarrierCall): Recognition {
  const register = registerOf(configuration);
  const dialled = normaliseNumber(call.dialled, register.areaCode);
  const direct = dialled === null ? undefined : register.lines.get(dialled);
  const trail = parseDiversion(call.headers.diversion);

  if (direct !== undefined && dialled !== register.main) {
    // The line's number itself, yet forwarded by its unit: that unit must not be rung a second time.
    const loop = numbers(register, trail).some((number) => register.units.get(number) === direct);
    return {
      line: direct,
      method: 'requestUri',
      confidence: 'certain',
      reason: `被叫号码即登记号码 ${direct.number}`,
      loop,
    };
  }
  const forwarded =
    fromTrail(register, trail, 'diversion') ??
    fromTrail(
      register,
      parseHistoryInfo(call.headers.historyInfo)
        .map(({ user }) => user)
        .reverse(),
      'historyInfo',
    ) ??
    fromTo(register, call.headers.to);
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
    const line = register.lines.get(number);
    const unit = register.units.get(number);
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

function fromTo(register: Register, to: string): Recognition | null {
  const user = userOf(to);
  const number = user === null ? null : normaliseNumber(user, register.areaCode);
  const line = number === null || number === register.main ? undefined : register.lines.get(number);
  if (line === undefined) return null;
  return {
    line,
    method: 'to',
    confidence: 'guess',
    reason: `To 头域为登记号码 ${line.number}`,
    loop: false,
  };
}
