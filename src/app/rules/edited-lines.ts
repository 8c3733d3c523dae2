import { CENTRE_EXAMPLE, CENTRE_EXAMPLE_EN, spelledCentre } from '../../domain/hotlines/centre-address.ts';
import { addCalendarMonths } from '../../domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { hasEnded, periodAt } from '../../domain/hotlines/register/period.ts';
import { readHours } from '../../domain/hotlines/register/read-hours.ts';
import { TRANSITION_MONTHS } from '../../domain/hotlines/register/transition.ts';
import { writeHours } from '../../domain/hotlines/register/write-hours.ts';
import type { RuleLine } from '../../domain/hotlines/versions/rule-set.ts';
import { AppError } from '../errors.ts';
import type { Unit } from '../ports/organisation.ts';
import { spelledSkills } from './spelled-skills.ts';

/** A line's period, by its number and first day. Without the day it is the one that speaks for the number today. */
export type LinePatch = Partial<Omit<RuleLine, 'number'>> & Pick<RuleLine, 'number'>;

export interface LineEdit {
  readonly lines?: readonly LinePatch[];
  readonly removeLines?: readonly { readonly number: string; readonly validFrom?: string }[];
}
interface Surroundings {
  readonly areaCode: string;
  readonly generalQueue: string;
  readonly units: readonly Unit[];
  readonly today: string;
}

/**
 * The lines with the edit made, removals first; a number's periods stand together. What was so until today is not looked
 * at here (see `keepPast`). Codes: rules.lineUnknown, rules.lineOver, rules.lineIncomplete, rules.unitNameTaken, rules.hoursUnreadable, rules.centreAddressInvalid,
 * rules.skillsUnreadable.
 */
export function editedLines(
  start: readonly RuleLine[],
  { lines = [], removeLines = [] }: LineEdit,
  { areaCode, generalQueue, units, today }: Surroundings,
): readonly RuleLine[] {
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const table = new Periods(start, today);
  for (const { number, validFrom } of removeLines) table.remove(canonical(number), validFrom);
  for (const patch of lines) {
    const number = canonical(patch.number);
    const known = table.find(number, patch.validFrom);
    const before = known ?? table.find(number);
    const line = lineOf({ ...patch, number }, before, { today, generalQueue });
    table.put(line, known);
  }
  return named(table.all().map(spelt), units);
}

/** Lines by their number: an edit of one looks at no other, however many there are. */
class Periods {
  readonly #byNumber = new Map<string, RuleLine[]>();
  readonly #today: string;

  constructor(lines: readonly RuleLine[], today: string) {
    this.#today = today;
    for (const line of lines) this.put(line, null);
  }

  find(number: string, validFrom?: string): RuleLine | null {
    const periods = this.#byNumber.get(number) ?? [];
    // What is history alone is found all the same: whoever names the number is told when it ended.
    if (validFrom === undefined) return periodAt(periods, this.#today) ?? periods.at(-1) ?? null;
    return periods.find((line) => line.validFrom === validFrom) ?? null;
  }

  put(line: RuleLine, instead: RuleLine | null): void {
    const { number } = line;
    const periods = this.#byNumber.get(number) ?? [];
    if (instead === null) periods.push(line);
    else periods[periods.indexOf(instead)] = line;
    this.#byNumber.set(number, periods);
  }

  remove(number: string, validFrom: string | undefined): void {
    const line = this.find(number, validFrom);
    if (line === null) throw new AppError('rules.lineUnknown', { number, validFrom: validFrom ?? null });
    // What is over cannot be ended once more; who names its first day takes it out of the history.
    if (validFrom === undefined && hasEnded(line, this.#today)) {
      throw new AppError('rules.lineOver', { number, validFrom: line.validFrom, validTo: line.validTo });
    }
    const periods = this.#byNumber.get(number) ?? [];
    periods.splice(periods.indexOf(line), 1);
  }

  all(): readonly RuleLine[] {
    return [...this.#byNumber.values()].flat();
  }
}

/** Hours, addresses and skills in their one spelling. Codes: rules.hoursUnreadable, rules.centreAddressInvalid, rules.skillsUnreadable. */
function spelt(line: RuleLine): RuleLine {
  const { number, hours, centreAddress, skills } = line;
  if (hours === null && centreAddress === null && skills === null) return line;
  const read = readHours(hours ?? '');
  if (read.kind === 'refused') {
    const { wrong, right, wrongEn, rightEn } = read;
    throw new AppError('rules.hoursUnreadable', { number, hours, wrong, right, wrongEn, rightEn });
  }
  const centre = centreAddress === null ? null : spelledCentre(centreAddress);
  if (centreAddress !== null && centre === null) {
    const said = { right: CENTRE_EXAMPLE, rightEn: CENTRE_EXAMPLE_EN };
    throw new AppError('rules.centreAddressInvalid', { number, centreAddress, ...said });
  }
  const asked = spelledSkills(skills, { number });
  return { ...line, hours: writeHours(read.hours) || null, centreAddress: centre, skills: asked };
}

function lineOf(
  patch: LinePatch,
  before: RuleLine | null,
  { today, generalQueue }: { readonly today: string; readonly generalQueue: string },
): RuleLine {
  const { name, unitCode, mode } = { ...before, ...patch };
  const missing = Object.entries({ name, unitCode, mode }).flatMap(([field, value]) =>
    value === undefined ? [field] : [],
  );
  if (name === undefined || unitCode === undefined || mode === undefined) {
    throw new AppError('rules.lineIncomplete', { number: patch.number, missing });
  }
  const isNew = before === null || (patch.validFrom !== undefined && patch.validFrom !== before.validFrom);
  const changes = before?.mode !== mode;
  // A transition runs from the day on which it is decided (RD-06), not from when the number was first entered.
  const begins = changes && mode === 'TRANSITION' && before !== null && before.validFrom < today;
  const validFrom = patch.validFrom ?? (begins ? today : (before?.validFrom ?? today));
  const kept = changes || isNew ? null : (before?.validTo ?? null);
  const usualEnd = mode === 'TRANSITION' ? addCalendarMonths(validFrom, TRANSITION_MONTHS) : null;
  const outside = mode === 'PARALLEL' || mode === 'SUBCENTER' ? before : null;
  const keptQueue = changes && before?.mode === 'DEDICATED' ? undefined : before?.queue;
  // Another unit has another name; the register's own stands there afterwards, where it knows the code.
  const keptUnit = unitCode === before?.unitCode ? before.unitName : '';
  return {
    number: patch.number,
    name,
    unitCode,
    unitName: patch.unitName ?? keptUnit,
    mode,
    validFrom,
    validTo: patch.validTo === undefined ? (kept ?? usualEnd) : patch.validTo,
    queue: patch.queue ?? keptQueue ?? generalQueue,
    unitNumber: patch.unitNumber ?? (mode === 'PARALLEL' ? before?.unitNumber : null) ?? null,
    trunk: patch.trunk ?? outside?.trunk ?? null,
    greeting: patch.greeting === undefined ? (before?.greeting ?? null) : patch.greeting,
    menu: patch.menu === undefined ? (before?.menu ?? null) : patch.menu,
    skills: patch.skills === undefined ? (before?.skills ?? null) : patch.skills,
    afterEnd:
      patch.afterEnd ?? (mode === 'TRANSITION' && before?.afterEnd === 'goodbye' ? 'goodbye' : 'connect'),
    hours: given(patch.hours, mode === 'DEDICATED' ? before?.hours : null),
    centreAddress: given(patch.centreAddress, mode === 'SUBCENTER' ? before?.centreAddress : null),
    basis: patch.basis ?? before?.basis ?? '',
    area: patch.area ?? before?.area ?? '',
  };
}

const given = <T>(told: T | null | undefined, kept: T | null | undefined): T | null =>
  told === undefined ? (kept ?? null) : told;

/** A unit is called what the register calls it; a new one what its first line says. */
function named(lines: readonly RuleLine[], units: readonly Unit[]): RuleLine[] {
  const names = new Map(units.map(({ code, name }) => [code, name]));
  const codes = new Map(units.map(({ code, name }) => [name, code]));
  return lines.map((line) => {
    const known = names.get(line.unitCode);
    if (known !== undefined) return line.unitName === known ? line : { ...line, unitName: known };
    const name = line.unitName.trim();
    if (name === '') {
      throw new AppError('rules.lineIncomplete', { number: line.number, missing: ['unitName'] });
    }
    const other = codes.get(name);
    if (other !== undefined && other !== line.unitCode) {
      throw new AppError('rules.unitNameTaken', { number: line.number, unitName: name, unitCode: other });
    }
    names.set(line.unitCode, name);
    codes.set(name, line.unitCode);
    return { ...line, unitName: name };
  });
}
