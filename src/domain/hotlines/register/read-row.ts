import { addCalendarMonths } from '../local-date.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { advice } from './advice.ts';
import { COLUMNS, type Field } from './columns.ts';
import type { LineRemark } from './headed-csv.ts';
import type { RowContext } from './import-context.ts';
import { isLocalDate } from './period.ts';
import {
  A_DATE,
  readAfterEnd,
  readCentreAddress,
  readDay,
  readMode,
  readOwnHours,
  readOwnNumber,
  readSkills,
  readUnit,
  readUnitNumber,
} from './row-cells.ts';
import { checkMode } from './row-mode.ts';
import { listed, type Remark } from './row-remark.ts';
import { TRANSITION_MONTHS } from './transition.ts';

/** One row as a line of the register; null when a remark refused it. */
export function readRow(
  cells: ReadonlyMap<Field, string>,
  line: number,
  context: RowContext,
): { readonly line: RuleLine | null; readonly remarks: readonly LineRemark[] } {
  const remarks: LineRemark[] = [];
  const remark: Remark = (severity, field, wrong, right) => {
    remarks.push({ line, field: COLUMNS[field], severity, ...advice(wrong, right) });
  };
  const text = (field: Field): string => (cells.get(field) ?? '').trim();
  const orNull = (field: Field): string | null => text(field) || null;

  const name = text('name');
  if (name === '') {
    remark('refused', 'name', ['名称为空', 'The name is empty'], ['填写号码的名称', 'Name the number']);
  }
  const number = readOwnNumber(text('number'), context, remark);
  const mode = readMode(text('mode'), remark);
  const unit = readUnit(text('unitCode'), text('unitName'), context, remark);
  const validFrom = readDay('validFrom', text('validFrom'), remark);
  const validTo = text('validTo') === '' ? null : readDay('validTo', text('validTo'), remark);
  if (validFrom === null) {
    if (text('validFrom') === '')
      remark('refused', 'validFrom', ['生效日期为空', 'The first day is empty'], A_DATE);
  } else if (mode === 'TRANSITION' && text('validTo') === '') {
    const end = isLocalDate(validFrom) ? addCalendarMonths(validFrom, TRANSITION_MONTHS) : '';
    remark('refused', 'validTo', ['短期过渡没有终止日期', 'A short transition has no last day'], end);
  } else if (validTo !== null && validTo < validFrom) {
    remark(
      'refused',
      'validTo',
      [
        `终止日期 ${validTo} 早于生效日期 ${validFrom}`,
        `The last day ${validTo} is before the first, ${validFrom}`,
      ],
      [`不早于 ${validFrom}`, `${validFrom} or later`],
    );
  }
  if (mode !== null && number !== null) checkMode(mode, number, cells, context, remark);
  const queue = text('queue') || context.generalQueue;
  if (text('queue') !== '' && context.queues !== undefined && !context.queues.includes(queue)) {
    remark(
      'refused',
      'queue',
      [`队列 ${queue} 不存在`, `There is no queue ${queue}`],
      listed(context.queues),
    );
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
