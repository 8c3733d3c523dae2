import { instantOf, localDateOf } from '../deadlines/local-time.ts';
import type { Mode } from '../hotlines/mode.ts';
import { normaliseNumber } from '../hotlines/number.ts';
import { type Advice, advice, type Said } from '../hotlines/register/advice.ts';
import { isInForce, isLocalDate, type Period } from '../hotlines/register/period.ts';
import { maskedNumber } from '../privacy/masked.ts';

/** A call as the unit wrote it down: all text, for a file and for JSON alike. */
export interface RawReportedCall {
  readonly line: string;
  readonly startedAt: string;
  /** Seconds, or `[HH:]MM:SS`. */
  readonly duration: string;
  readonly answered: string;
  /** A number, a masked one, a hash of 64 hex digits, or nothing. */
  readonly caller: string;
  readonly reference: string;
}
export type ReportedField = keyof RawReportedCall;

export interface ReportedCall {
  readonly line: string;
  readonly unitCode: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly answered: boolean;
  readonly caller: ReportedCaller;
  readonly reference: string;
}
/** A number is hashed where it is stored, and is kept nowhere. */
export type ReportedCaller =
  | { readonly kind: 'number'; readonly number: string; readonly masked: string }
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'masked'; readonly masked: string }
  | { readonly kind: 'unknown' };

export interface ReportContext {
  readonly areaCode: string;
  readonly zone: string;
  readonly nowMs: number;
  /** The unit that reports; null: somebody of the hotline, for any. */
  readonly unitCode: string | null;
  readonly periodsOf: (number: string) => readonly ReportLine[];
}
export interface ReportLine extends Period {
  readonly mode: Mode;
  readonly unitCode: string;
  readonly unitName: string;
}

export interface ReportRemark extends Advice {
  /** refused: the row is not taken; note: it is, and somebody should look. */
  readonly severity: 'refused' | 'note';
  readonly field: ReportedField;
}
type Remark = (severity: ReportRemark['severity'], field: ReportedField, wrong: Said, right: Said) => void;

const DAY_MS = 86_400_000;
/** Clocks differ; a call that begins later than this is no call yet. */
const AHEAD_MS = 5 * 60_000;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const YES = new Set(['1', 'true', 'yes', 'y', 'answered', '是', '接通', '已接', '已接通', '已接听']);
const NO = new Set(['0', 'false', 'no', 'n', 'unanswered', '否', '未接', '未接通', '未接听', '呼损', '放弃']);

/** One reported call, or why it cannot be taken, with what would be right. */
export function readReportedCall(
  raw: RawReportedCall,
  context: ReportContext,
): { readonly call: ReportedCall | null; readonly remarks: readonly ReportRemark[] } {
  const remarks: ReportRemark[] = [];
  const remark: Remark = (severity, field, wrong, right) => {
    remarks.push({ severity, field, ...advice(wrong, right) });
  };
  const startedAtMs = readMoment(raw.startedAt.trim(), context, remark);
  const line = readLine(raw.line.trim(), startedAtMs, context, remark);
  const durationMs = readDuration(raw.duration.trim(), remark);
  const answered = readAnswered(raw.answered.trim(), remark);
  const caller = readCaller(raw.caller.trim(), context.areaCode, remark);
  const reference = raw.reference.trim();
  if (reference.length > 64) {
    remark(
      'refused',
      'reference',
      ['流水号超过 64 个字', 'The reference has more than 64 characters'],
      ['填写单位自己的通话流水号', 'The unit’s own number of the call'],
    );
  }
  const refused = remarks.some(({ severity }) => severity === 'refused');
  if (refused || startedAtMs === null || line === null || durationMs === null || answered === null) {
    return { call: null, remarks };
  }
  return { call: { ...line, startedAtMs, durationMs, answered, caller, reference }, remarks };
}

function readLine(
  text: string,
  atMs: number | null,
  context: ReportContext,
  remark: Remark,
): { readonly line: string; readonly unitCode: string } | null {
  const refuse = (wrong: Said, right: Said): null => {
    remark('refused', 'line', wrong, right);
    return null;
  };
  const line = normaliseNumber(text, context.areaCode);
  if (line === null) {
    const wrong: Said = [`号码“${text}”不是电话号码`, `“${text}” is no telephone number`];
    return refuse(wrong, ['填写本单位热线号码', 'The number of the unit’s hotline']);
  }
  const periods = context.periodsOf(line);
  const [latest] = periods.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  if (latest === undefined) {
    return refuse(
      [`号码 ${line} 未登记`, `The number ${line} is not registered`],
      ['先在号码登记簿中登记', 'Register it first'],
    );
  }
  if (context.unitCode !== null && periods.every(({ unitCode }) => unitCode !== context.unitCode)) {
    return refuse(
      [`号码 ${line} 不是本单位的号码`, `The number ${line} is not the unit’s`],
      ['只填写本单位的号码', 'Numbers of the unit only'],
    );
  }
  if (atMs === null) return null;
  const day = localDateOf(atMs, context.zone);
  const mode = periods.find((period) => isInForce(period, day))?.mode ?? null;
  if (mode !== null && !REPORTED_MODES.has(mode)) {
    return refuse(
      [
        `${day} 号码 ${line} 的来电已由 12345 受理，在本平台统计`,
        `On ${day} calls to ${line} were taken by 12345 and are counted here`,
      ],
      [
        '只上报双号并行、分中心或归并之前的通话',
        'Only calls of parallel numbers, of sub-centres, or from before the merging',
      ],
    );
  }
  return { line, unitCode: context.unitCode ?? latest.unitCode };
}
/** Calls of all others come to us, and a second count of them would be one too many. */
const REPORTED_MODES: ReadonlySet<Mode> = new Set(['PARALLEL', 'SUBCENTER']);

function readMoment(text: string, { zone, nowMs }: ReportContext, remark: Remark): number | null {
  const refuse = (wrong: Said, right: Said): null => {
    remark('refused', 'startedAt', wrong, right);
    return null;
  };
  const right: Said = [
    '填写如 2026-11-23 14:05:09 的当地时间，或带时区的 ISO 8601',
    'Local time such as 2026-11-23 14:05:09, or ISO 8601 with its zone',
  ];
  if (text === '') return refuse(['开始时间为空', 'The beginning is empty'], right);
  const ms = localMoment(text, zone) ?? zonedMoment(text);
  if (ms === null) return refuse([`开始时间“${text}”无法识别`, `“${text}” is no time`], right);
  if (ms > nowMs + AHEAD_MS) {
    return refuse(
      [`开始时间“${text}”在将来`, `“${text}” is in the future`],
      ['检查单位话务系统的时钟', 'Look at the clock of the unit’s own system'],
    );
  }
  if (ms < EARLIEST_MS) return refuse([`开始时间“${text}”早于 2000 年`, `“${text}” is before 2000`], right);
  return ms;
}

function localMoment(text: string, zone: string): number | null {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(
    text,
  );
  if (parts === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '0'] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLocalDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return instantOf(date, Number(hour) * 60 + Number(minute), zone) + Number(second) * 1000;
}

function zonedMoment(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function readDuration(text: string, remark: Remark): number | null {
  const right: Said = ['填写秒数，如 125，或 00:02:05', 'Seconds, e.g. 125, or 00:02:05'];
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})$/.exec(text);
  const seconds = /^\d{1,6}$/.test(text)
    ? Number(text)
    : clock === null
      ? Number.NaN
      : Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  if (Number.isNaN(seconds)) {
    const wrong: Said =
      text === ''
        ? ['通话时长为空', 'The duration is empty']
        : [`通话时长“${text}”无法识别`, `“${text}” is no duration`];
    remark('refused', 'duration', wrong, right);
    return null;
  }
  if (seconds * 1000 > DAY_MS) {
    remark('refused', 'duration', [`通话时长“${text}”超过一天`, `“${text}” is more than a day`], right);
    return null;
  }
  return seconds * 1000;
}

function readAnswered(text: string, remark: Remark): boolean | null {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  const wrong: Said =
    text === ''
      ? ['是否接通为空', 'Whether it was answered is empty']
      : [`是否接通“${text}”无法识别`, `Whether it was answered, “${text}”, cannot be read`];
  remark('refused', 'answered', wrong, ['填写 是 或 否', '“yes” or “no”']);
  return null;
}

function readCaller(text: string, areaCode: string, remark: Remark): ReportedCaller {
  if (text === '') return { kind: 'unknown' };
  if (/^[0-9a-f]{64}$/i.test(text)) return { kind: 'hash', hash: text.toLowerCase() };
  if (/^\+?[\d-]*\*+\d*$/.test(text)) return { kind: 'masked', masked: text.slice(0, 20) };
  const number = normaliseNumber(text, areaCode);
  if (number !== null) return { kind: 'number', number, masked: maskedNumber(number) };
  remark(
    'note',
    'caller',
    ['主叫号码无法识别，按未知号码计入', 'The caller’s number cannot be read: he counts as unknown'],
    ['填写号码、隐去中间数字的号码或留空', 'A number, one without the digits in its middle, or nothing'],
  );
  return { kind: 'unknown' };
}
