import type { Line, LinePatch, Mode, Rules } from '../../rules/shapes.ts';
import type { LineFields } from './line-edit.ts';
import type { NumberLookedAt } from './number-verdict.ts';

/** What somebody says of a number that is to be entered. Days are empty where the usual is meant. */
interface NewLineWish {
  number: string;
  name: string;
  unitCode: string;
  area: string;
  mode: Mode;
  validFrom: string | null;
  validTo: string | null;
  basis: string;
  /** Of its route. */
  touched: LineFields;
}
export const emptyNewLine = (): NewLineWish => ({
  number: '',
  name: '',
  unitCode: '',
  area: '',
  mode: 'FORWARD',
  validFrom: '',
  validTo: '',
  basis: '',
  touched: {},
});

/** What a number has of which nothing is said yet. */
export const blankLine = ({ municipality }: Rules, today: string): Line => ({
  number: '',
  name: '',
  unitCode: '',
  unitName: '',
  mode: 'FORWARD',
  validFrom: today,
  validTo: null,
  queue: municipality.generalQueue,
  unitNumber: null,
  trunk: null,
  greeting: null,
  menu: null,
  skills: null,
  afterEnd: 'connect',
  hours: null,
  centreAddress: null,
  basis: '',
  area: '',
});

const TRANSITION_MONTHS = 3;
/** The day on which a transition ends unless somebody says otherwise (RD-06); the server counts the same. */
export function usualEndOf(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + TRANSITION_MONTHS + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + TRANSITION_MONTHS, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

type NewLineFault = 'number' | 'refused' | 'name' | 'unit' | 'basis' | 'order' | 'outside';

/** What is missing before the number can be sent; null: nothing. */
export function newLineFault(
  wish: NewLineWish,
  found: NumberLookedAt | null,
  today: string,
): NewLineFault | null {
  if (found === null) return 'number';
  if (found.verdict !== 'free' && found.verdict !== 'excluded') return 'refused';
  if (wish.name.trim() === '') return 'name';
  if (wish.unitCode === '') return 'unit';
  if (wish.basis.trim() === '') return 'basis';
  if (wish.validTo && wish.validTo < (wish.validFrom || today)) return 'order';
  const { unitNumber, centreAddress, trunk } = wish.touched;
  if (wish.mode === 'PARALLEL' && (unitNumber == null || trunk == null)) return 'outside';
  if (wish.mode === 'SUBCENTER' && (centreAddress == null || trunk == null)) return 'outside';
  return null;
}

export function patchOfNew(number: string, wish: NewLineWish, unitName: string): LinePatch {
  const { name, unitCode, area, mode, validFrom, validTo, basis, touched } = wish;
  return {
    ...{ number, name: name.trim(), unitCode, unitName, mode, basis: basis.trim(), area: area.trim() },
    ...touched,
    ...(validFrom ? { validFrom } : {}),
    ...(validTo ? { validTo } : {}),
  };
}
