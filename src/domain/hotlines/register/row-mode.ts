import { MODES, type Mode } from '../mode.ts';
import { normaliseNumber } from '../number.ts';
import { AFTER_END_NAMES, FIELD_NAMES, MODE_NAMES } from '../versions/change-words.ts';
import type { Said } from './advice.ts';
import { COLUMNS, type Field } from './columns.ts';
import type { ImportContext } from './import-context.ts';
import { listed, type Remark } from './row-remark.ts';

/** Columns that mean something in one mode only. */
const ONLY_OF = [
  ['afterEnd', 'TRANSITION'],
  ['hours', 'DEDICATED'],
  ['centreAddress', 'SUBCENTER'],
] as const;

/** What a mode asks of the other columns. Calls never depend on a note: they reach the general desk all the same. */
export function checkMode(
  mode: Mode,
  number: string,
  cells: ReadonlyMap<Field, string>,
  { mainNumber, areaCode }: ImportContext,
  remark: Remark,
): void {
  const has = (field: Field): boolean => (cells.get(field) ?? '').trim() !== '';
  const isMain = number === normaliseNumber(mainNumber, areaCode);
  if ((mode === 'MAIN') !== isMain) {
    const wrong: Said = isMain
      ? [`${number} 是主号码`, `${number} is the main number`]
      : [`主号码是 ${mainNumber}`, `The main number is ${mainNumber}`];
    remark('refused', 'mode', wrong, isMain ? 'MAIN' : listed(MODES.filter((one) => one !== 'MAIN')));
  }
  if (mode === 'DEDICATED' && !has('queue')) {
    remark(
      'note',
      'queue',
      [
        '专席号码没有队列，由总席受理',
        'A number with a dedicated seat has no queue: the general desk takes its calls',
      ],
      ['填写专席队列的代码', 'The code of the dedicated seats’ queue'],
    );
  }
  if (mode === 'SUBCENTER') {
    for (const field of ['centreAddress', 'trunk'] as const) {
      if (has(field)) continue;
      remark(
        'note',
        field,
        [
          '分中心号码资料不全，发布前须补齐',
          'Incomplete for a sub-centre; to be completed before it is published',
        ],
        ['填写分中心地址和中继', 'The sub-centre’s address and trunk'],
      );
    }
  }
  for (const [field, only] of ONLY_OF) {
    const told = (cells.get(field) ?? '').trim();
    const says = ['', 'connect', ...(field === 'afterEnd' ? ['none', AFTER_END_NAMES.none] : [])];
    if (only === mode || says.includes(told.toLowerCase())) continue;
    remark(
      'refused',
      field,
      [
        `${MODE_NAMES[mode]}号码没有“${FIELD_NAMES.line[field]}”`,
        `A number in mode ${mode} has no ${COLUMNS[field]}`,
      ],
      emptyOr(only),
    );
  }
  if (mode === 'PARALLEL') {
    for (const field of ['unitNumber', 'trunk'] as const) {
      if (has(field)) continue;
      remark(
        'note',
        field,
        [
          '并行号码资料不全，发布前须补齐',
          'Incomplete for parallel numbers; to be completed before it is published',
        ],
        ['填写承办单位电话和中继', 'The unit’s telephone and trunk'],
      );
    }
  } else if (has('unitNumber')) {
    remark(
      'refused',
      'unitNumber',
      [
        `${MODE_NAMES[mode]}号码不接往承办单位电话`,
        `Calls to a number in mode ${mode} do not go to a unit’s telephone`,
      ],
      emptyOr('PARALLEL'),
    );
  }
}

const emptyOr = (mode: Mode): Said => [
  `留空，或将归并方式改为 ${mode}`,
  `Leave it empty, or change the mode to ${mode}`,
];
