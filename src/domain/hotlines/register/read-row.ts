import { readAsk, writeAsk } from '../../skills/skills.ts';
import { CENTRE_EXAMPLE, spelledCentre } from '../centre-address.ts';
import { addCalendarMonths } from '../local-date.ts';
import { AFTER_ENDS, type AfterEnd, MODES, type Mode } from '../mode.ts';
import { normaliseNumber, readNumber } from '../number.ts';
import { AFTER_END_NAMES, FIELD_NAMES, MODE_NAMES } from '../versions/change-words.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { COLUMNS, type Field } from './columns.ts';
import type { LineRemark } from './headed-csv.ts';
import { isLocalDate } from './period.ts';
import { type Protected, protectionOf } from './protected.ts';
import { readHours } from './read-hours.ts';
import { TRANSITION_MONTHS } from './transition.ts';
import { writeHours } from './write-hours.ts';

/** What a register file is read against. What is left out is not checked. */
export interface ImportContext {
  readonly areaCode: string;
  readonly mainNumber: string;
  readonly generalQueue: string;
  readonly listed: readonly Protected[];
  readonly units?: readonly { readonly code: string; readonly name: string }[];
  readonly queues?: readonly string[];
}
/** The same, so that a row finds its unit and its protection without looking at all of them. */
export interface RowContext extends ImportContext {
  readonly protection: ReturnType<typeof protectionOf>;
  readonly unitByCode: ReadonlyMap<string, Named>;
  readonly unitByName: ReadonlyMap<string, Named>;
}
interface Named {
  readonly code: string;
  readonly name: string;
}

export function rowContext(context: ImportContext): RowContext {
  const { listed, areaCode, units = [] } = context;
  // The first of several wins, as where one looks from the top.
  const firsts = [...units].reverse();
  return {
    ...context,
    protection: protectionOf(listed, areaCode),
    unitByCode: new Map(firsts.map((unit) => [unit.code, unit])),
    unitByName: new Map(firsts.map((unit) => [unit.name, unit])),
  };
}

type Remark = (severity: LineRemark['severity'], field: Field | null, wrong: string, right: string) => void;

/** One row as a line of the register; null when a remark refused it. */
export function readRow(
  cells: ReadonlyMap<Field, string>,
  line: number,
  context: RowContext,
): { readonly line: RuleLine | null; readonly remarks: readonly LineRemark[] } {
  const remarks: LineRemark[] = [];
  const remark: Remark = (severity, field, wrong, right) => {
    remarks.push({ line, field: field === null ? null : COLUMNS[field], severity, wrong, right });
  };
  const text = (field: Field): string => (cells.get(field) ?? '').trim();
  const orNull = (field: Field): string | null => text(field) || null;

  const name = text('name');
  if (name === '') remark('refused', 'name', '名称为空', '填写号码的名称');
  const number = readOwnNumber(text('number'), context, remark);
  const mode = readMode(text('mode'), remark);
  const unit = readUnit(text('unitCode'), text('unitName'), context, remark);
  const validFrom = readDay('validFrom', text('validFrom'), remark);
  const validTo = text('validTo') === '' ? null : readDay('validTo', text('validTo'), remark);
  if (validFrom === null) {
    if (text('validFrom') === '') remark('refused', 'validFrom', '生效日期为空', '填写如 2026-11-23 的日期');
  } else if (mode === 'TRANSITION' && text('validTo') === '') {
    const end = isLocalDate(validFrom) ? addCalendarMonths(validFrom, TRANSITION_MONTHS) : '';
    remark('refused', 'validTo', '短期过渡没有终止日期', end);
  } else if (validTo !== null && validTo < validFrom) {
    remark('refused', 'validTo', `终止日期 ${validTo} 早于生效日期 ${validFrom}`, `不早于 ${validFrom}`);
  }
  if (mode !== null && number !== null) checkMode(mode, number, cells, context, remark);
  const queue = text('queue') || context.generalQueue;
  if (text('queue') !== '' && context.queues !== undefined && !context.queues.includes(queue)) {
    remark('refused', 'queue', `队列 ${queue} 不存在`, context.queues.join('、'));
  }
  const unitNumber = readUnitNumber(text('unitNumber'), context, remark);
  const afterEnd = readAfterEnd(text('afterEnd'), remark);
  const hours = readOwnHours(text('hours'), remark);
  const centreAddress = readCentreAddress(text('centreAddress'), remark);
  const skills = readSkills(text('skills'), remark);
  if (remarks.some(({ severity }) => severity === 'refused')) return { line: null, remarks };
  if (number === null || mode === null || unit === null || validFrom === null) return { line: null, remarks };
  return {
    line: {
      number,
      name,
      unitCode: unit.code,
      unitName: unit.name,
      mode,
      validFrom,
      validTo,
      queue,
      unitNumber,
      trunk: orNull('trunk'),
      greeting: orNull('greeting'),
      menu: orNull('menu'),
      skills,
      afterEnd: afterEnd ?? 'connect',
      hours,
      centreAddress,
      basis: text('basis'),
      area: text('area'),
    },
    remarks,
  };
}

function readOwnNumber(raw: string, context: RowContext, remark: Remark): string | null {
  const { areaCode } = context;
  const reading = readNumber(raw, areaCode);
  if (reading.kind === 'invalid') {
    const why = { empty: '为空', characters: '含有非数字字符', length: '长度不符' }[reading.why];
    const right = /e\+?\d+$/i.test(raw) ? '将该列设为文本格式后重新填写' : '填写短号码，或区号加固定电话号码';
    remark('refused', 'number', `号码“${raw}”${why}`, right);
    return null;
  }
  // A spreadsheet takes 0513… for a number and drops its zero.
  const restored = normaliseNumber(`0${reading.number}`, areaCode) ?? '';
  const lostZero = /^[1-9]\d{9,10}$/.test(reading.number) && restored.startsWith(areaCode);
  if (lostZero) {
    remark('refused', 'number', `号码“${raw}”可能丢失了开头的 0`, restored);
    return null;
  }
  const protection = context.protection(reading.number);
  if (protection?.rule === 'never') {
    remark(
      'refused',
      'number',
      `${protection.number}（${protection.name}）不得归并`,
      '删除该行；紧急求助作三方转接',
    );
    return null;
  }
  if (protection !== null) {
    const wrong = `${protection.number}（${protection.name}）不在归并范围`;
    remark('note', 'number', wrong, '发布前须两名不同的审批人同意');
  }
  if (reading.number !== raw) remark('note', 'number', `号码“${raw}”已改为统一写法`, reading.number);
  return reading.number;
}

function readMode(raw: string, remark: Remark): Mode | null {
  const mode = MODES.find((one) => one === raw.toUpperCase() || MODE_NAMES[one] === raw) ?? null;
  if (mode === null) remark('refused', 'mode', `归并方式“${raw}”无法识别`, MODES.join('、'));
  return mode;
}

function readUnit(
  code: string,
  name: string,
  { units, unitByCode, unitByName }: RowContext,
  remark: Remark,
): { readonly code: string; readonly name: string } | null {
  const refuse = (field: Field, wrong: string, right: string): null => {
    remark('refused', field, wrong, right);
    return null;
  };
  if (code === '' && name === '') return refuse('unitName', '承办单位为空', '填写承办单位的名称或代码');
  if (units === undefined) return { code: code || name, name: name || code };
  const known = code === '' ? unitByName.get(name) : unitByCode.get(code);
  if (known === undefined) {
    const field = code === '' ? 'unitName' : 'unitCode';
    const near = units.find((unit) => name !== '' && (unit.name.includes(name) || name.includes(unit.name)));
    return refuse(field, `承办单位“${code || name}”未登记`, near?.name ?? '先登记该单位，或选择已登记的单位');
  }
  if (name !== '' && known.name !== name) {
    return refuse('unitName', `单位代码 ${code} 是“${known.name}”，不是“${name}”`, known.name);
  }
  return known;
}

function readDay(field: 'validFrom' | 'validTo', raw: string, remark: Remark): string | null {
  if (raw === '') return null;
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(raw);
  const [, year = '', month = '', day = ''] = parts ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLocalDate(date)) {
    remark('refused', field, `日期“${raw}”不存在或无法识别`, '填写如 2026-11-23 的日期');
    return null;
  }
  if (date !== raw) remark('note', field, `日期“${raw}”已改为统一写法`, date);
  return date;
}

function readUnitNumber(raw: string, { areaCode }: ImportContext, remark: Remark): string | null {
  if (raw === '') return null;
  const number = normaliseNumber(raw, areaCode);
  if (number === null)
    remark('refused', 'unitNumber', `承办单位电话“${raw}”不是号码`, '填写可拨打的电话号码');
  return number;
}

function readAfterEnd(raw: string, remark: Remark): AfterEnd | null {
  if (raw === '') return null;
  const found = AFTER_ENDS.find((one) => one === raw.toLowerCase() || AFTER_END_NAMES[one] === raw) ?? null;
  if (found === null) {
    const right = AFTER_ENDS.map((one) => `${one}（${AFTER_END_NAMES[one]}）`).join('、');
    remark('refused', 'afterEnd', `期满后的处理“${raw}”无法识别`, right);
  }
  return found;
}

function readSkills(text: string, remark: Remark): string | null {
  const read = readAsk(text);
  if (read.kind === 'ask') return writeAsk(read.ask);
  remark('refused', 'skills', `技能要求“${read.wrong}”无法识别`, read.right);
  return null;
}

function readOwnHours(raw: string, remark: Remark): string | null {
  const read = readHours(raw);
  if (read.kind === 'refused') {
    remark('refused', 'hours', read.wrong, read.right);
    return null;
  }
  const written = writeHours(read.hours);
  if (raw !== '' && written !== raw) {
    remark('note', 'hours', `受理时间“${raw}”已改为统一写法`, written === '' ? '（全天）' : written);
  }
  return written || null;
}

function readCentreAddress(raw: string, remark: Remark): string | null {
  if (raw === '') return null;
  const address = spelledCentre(raw);
  if (address === null) remark('refused', 'centreAddress', `分中心地址“${raw}”格式不符`, CENTRE_EXAMPLE);
  return address;
}

/** Columns that mean something in one mode only. */
const ONLY_OF = [
  ['afterEnd', 'TRANSITION'],
  ['hours', 'DEDICATED'],
  ['centreAddress', 'SUBCENTER'],
] as const;

/** What a mode asks of the other columns. Calls never depend on a note: they reach the general desk all the same. */
function checkMode(
  mode: Mode,
  number: string,
  cells: ReadonlyMap<Field, string>,
  { mainNumber, areaCode }: ImportContext,
  remark: Remark,
): void {
  const has = (field: Field): boolean => (cells.get(field) ?? '').trim() !== '';
  const isMain = number === normaliseNumber(mainNumber, areaCode);
  if ((mode === 'MAIN') !== isMain) {
    const wrong = isMain ? `${number} 是主号码` : `主号码是 ${mainNumber}`;
    remark('refused', 'mode', wrong, isMain ? 'MAIN' : MODES.filter((one) => one !== 'MAIN').join('、'));
  }
  if (mode === 'DEDICATED' && !has('queue')) {
    remark('note', 'queue', '专席号码没有队列，由总席受理', '填写专席队列的代码');
  }
  if (mode === 'SUBCENTER') {
    for (const field of ['centreAddress', 'trunk'] as const) {
      if (!has(field)) remark('note', field, '分中心号码资料不全，发布前须补齐', '填写分中心地址和中继');
    }
  }
  for (const [field, only] of ONLY_OF) {
    const told = (cells.get(field) ?? '').trim();
    const says = ['', 'connect', ...(field === 'afterEnd' ? ['none', AFTER_END_NAMES.none] : [])];
    if (only === mode || says.includes(told.toLowerCase())) continue;
    const wrong = `${MODE_NAMES[mode]}号码没有“${FIELD_NAMES.line[field]}”`;
    remark('refused', field, wrong, `留空，或将归并方式改为 ${only}`);
  }
  if (mode === 'PARALLEL') {
    for (const field of ['unitNumber', 'trunk'] as const) {
      if (!has(field)) remark('note', field, '并行号码资料不全，发布前须补齐', '填写承办单位电话和中继');
    }
  } else if (has('unitNumber')) {
    const wrong = `${MODE_NAMES[mode]}号码不接往承办单位电话`;
    remark('refused', 'unitNumber', wrong, '留空，或将归并方式改为 PARALLEL');
  }
}
