import { readAsk, writeAsk } from '../../skills/skills.ts';
import { CENTRE_EXAMPLE, CENTRE_EXAMPLE_EN, spelledCentre } from '../centre-address.ts';
import { AFTER_ENDS, type AfterEnd, MODES, type Mode } from '../mode.ts';
import { normaliseNumber, readNumber } from '../number.ts';
import { AFTER_END_NAMES, MODE_NAMES } from '../versions/change-words.ts';
import type { Said } from './advice.ts';
import type { Field } from './columns.ts';
import type { ImportContext, RowContext } from './import-context.ts';
import { isLocalDate } from './period.ts';
import { readHours } from './read-hours.ts';
import { listed, type Remark } from './row-remark.ts';
import { writeHours } from './write-hours.ts';

// What a cell of a register's row says, by its column; null where it says nothing that can be taken, which is told.

export const A_DATE: Said = ['填写如 2026-11-23 的日期', 'A date such as 2026-11-23'];
const NO_NUMBER = {
  empty: ['为空', 'is empty'],
  characters: ['含有非数字字符', 'has characters that are no digits'],
  length: ['长度不符', 'has the wrong length'],
} as const satisfies Record<string, Said>;

export function readOwnNumber(raw: string, context: RowContext, remark: Remark): string | null {
  const { areaCode } = context;
  const reading = readNumber(raw, areaCode);
  if (reading.kind === 'invalid') {
    const [why, whyEn] = NO_NUMBER[reading.why];
    const right: Said = /e\+?\d+$/i.test(raw)
      ? ['将该列设为文本格式后重新填写', 'Make the column a text column and write it again']
      : ['填写短号码，或区号加固定电话号码', 'A short number, or an area code and a fixed line’s number'];
    remark('refused', 'number', [`号码“${raw}”${why}`, `The number “${raw}” ${whyEn}`], right);
    return null;
  }
  // A spreadsheet takes 0513… for a number and drops its zero.
  const restored = normaliseNumber(`0${reading.number}`, areaCode) ?? '';
  const lostZero = /^[1-9]\d{9,10}$/.test(reading.number) && restored.startsWith(areaCode);
  if (lostZero) {
    const wrong: Said = [
      `号码“${raw}”可能丢失了开头的 0`,
      `The number “${raw}” may have lost the 0 in front`,
    ];
    remark('refused', 'number', wrong, restored);
    return null;
  }
  const protection = context.protection(reading.number);
  if (protection?.rule === 'never') {
    remark(
      'refused',
      'number',
      [`${protection.number}（${protection.name}）不得归并`, `${protection.number} is never merged`],
      ['删除该行；紧急求助作三方转接', 'Delete the line; emergencies are put through with three parties'],
    );
    return null;
  }
  if (protection !== null) {
    remark(
      'note',
      'number',
      [
        `${protection.number}（${protection.name}）不在归并范围`,
        `${protection.number} is not among the numbers to be merged`,
      ],
      ['发布前须两名不同的审批人同意', 'Two different people approve it before it is published'],
    );
  }
  if (reading.number !== raw) {
    const wrong: Said = [`号码“${raw}”已改为统一写法`, `The number “${raw}” was written in the usual way`];
    remark('note', 'number', wrong, reading.number);
  }
  return reading.number;
}

export function readMode(raw: string, remark: Remark): Mode | null {
  const mode = MODES.find((one) => one === raw.toUpperCase() || MODE_NAMES[one] === raw) ?? null;
  if (mode === null) {
    remark('refused', 'mode', [`归并方式“${raw}”无法识别`, `“${raw}” is no mode of merging`], listed(MODES));
  }
  return mode;
}

export function readUnit(
  code: string,
  name: string,
  { units, unitByCode, unitByName }: RowContext,
  remark: Remark,
): { readonly code: string; readonly name: string } | null {
  const refuse = (field: Field, wrong: Said, right: Said): null => {
    remark('refused', field, wrong, right);
    return null;
  };
  if (code === '' && name === '') {
    return refuse(
      'unitName',
      ['承办单位为空', 'The handling unit is empty'],
      ['填写承办单位的名称或代码', 'The name or the code of a unit'],
    );
  }
  if (units === undefined) return { code: code || name, name: name || code };
  const known = code === '' ? unitByName.get(name) : unitByCode.get(code);
  if (known === undefined) {
    const field = code === '' ? 'unitName' : 'unitCode';
    const near = units.find((unit) => name !== '' && (unit.name.includes(name) || name.includes(unit.name)));
    return refuse(
      field,
      [`承办单位“${code || name}”未登记`, `The unit “${code || name}” is not registered`],
      near?.name ?? ['先登记该单位，或选择已登记的单位', 'Register it first, or take one that is'],
    );
  }
  if (name !== '' && known.name !== name) {
    const wrong: Said = [
      `单位代码 ${code} 是“${known.name}”，不是“${name}”`,
      `The unit of code ${code} is “${known.name}” and not “${name}”`,
    ];
    return refuse('unitName', wrong, known.name);
  }
  return known;
}

export function readDay(field: 'validFrom' | 'validTo', raw: string, remark: Remark): string | null {
  if (raw === '') return null;
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(raw);
  const [, year = '', month = '', day = ''] = parts ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isLocalDate(date)) {
    remark('refused', field, [`日期“${raw}”不存在或无法识别`, `“${raw}” is no date`], A_DATE);
    return null;
  }
  if (date !== raw) {
    remark(
      'note',
      field,
      [`日期“${raw}”已改为统一写法`, `The date “${raw}” was written in the usual way`],
      date,
    );
  }
  return date;
}

export function readUnitNumber(raw: string, { areaCode }: ImportContext, remark: Remark): string | null {
  if (raw === '') return null;
  const number = normaliseNumber(raw, areaCode);
  if (number === null) {
    remark(
      'refused',
      'unitNumber',
      [`承办单位电话“${raw}”不是号码`, `The unit’s telephone “${raw}” is no number`],
      ['填写可拨打的电话号码', 'A number that can be dialled'],
    );
  }
  return number;
}

export function readAfterEnd(raw: string, remark: Remark): AfterEnd | null {
  if (raw === '') return null;
  const found = AFTER_ENDS.find((one) => one === raw.toLowerCase() || AFTER_END_NAMES[one] === raw) ?? null;
  if (found === null) {
    const right: Said = [
      AFTER_ENDS.map((one) => `${one}（${AFTER_END_NAMES[one]}）`).join('、'),
      AFTER_ENDS.join(', '),
    ];
    const wrong: Said = [
      `期满后的处理“${raw}”无法识别`,
      `“${raw}” is nothing that is done after the last day`,
    ];
    remark('refused', 'afterEnd', wrong, right);
  }
  return found;
}

export function readSkills(text: string, remark: Remark): string | null {
  const read = readAsk(text);
  if (read.kind === 'ask') return writeAsk(read.ask);
  const wrong: Said = [`技能要求“${read.wrong}”无法识别`, `“${read.wrong}” cannot be read as a skill`];
  remark('refused', 'skills', wrong, read.right);
  return null;
}

export function readOwnHours(raw: string, remark: Remark): string | null {
  const read = readHours(raw);
  if (read.kind === 'refused') {
    remark('refused', 'hours', [read.wrong, read.wrongEn], [read.right, read.rightEn]);
    return null;
  }
  const written = writeHours(read.hours);
  if (raw !== '' && written !== raw) {
    remark(
      'note',
      'hours',
      [`受理时间“${raw}”已改为统一写法`, `The hours “${raw}” were written in the usual way`],
      written === '' ? ['（全天）', '(around the clock)'] : written,
    );
  }
  return written || null;
}

export function readCentreAddress(raw: string, remark: Remark): string | null {
  if (raw === '') return null;
  const address = spelledCentre(raw);
  if (address === null) {
    remark(
      'refused',
      'centreAddress',
      [`分中心地址“${raw}”格式不符`, `“${raw}” is no address of a sub-centre`],
      [CENTRE_EXAMPLE, CENTRE_EXAMPLE_EN],
    );
  }
  return address;
}
