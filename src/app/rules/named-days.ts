import { normaliseNumber } from '../../domain/hotlines/number.ts';
import type { FirstDays } from '../../domain/hotlines/register/keep-past.ts';
import { addDays, byNumber } from '../../domain/hotlines/register/period.ts';
import type { StoredRules } from '../../domain/hotlines/stored.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { LineEdit } from './edited-lines.ts';

// Who names a day says since when something is so; who names none says "from now on" (see `keepPast`).

type Known = Pick<RuleSet, 'lines' | 'municipality'>;

class Named {
  readonly #days: Record<string, string> = {};
  readonly #areaCode: string;
  readonly #periods: ReadonlyMap<string, readonly RuleLine[]>;

  constructor({ municipality, lines }: Known) {
    this.#areaCode = municipality.areaCode;
    this.#periods = byNumber(lines);
  }
  #canonical(raw: string): string {
    return normaliseNumber(raw, this.#areaCode) ?? raw;
  }
  isKnown(raw: string, validFrom: string): boolean {
    const periods = this.#periods.get(this.#canonical(raw)) ?? [];
    return periods.some((line) => line.validFrom === validFrom);
  }
  add(raw: string, day: string | null): void {
    if (day === null) return;
    const number = this.#canonical(raw);
    const known = this.#days[number];
    if (known === undefined || day < known) this.#days[number] = day;
  }
  get days(): FirstDays {
    return this.#days;
  }
}

const dayAfter = (day: string): string => addDays(day, 1);

/** The first days that an edit names: of a period, or the day after an end. A whole configuration names all of its days. */
export function daysNamedIn(edit: LineEdit & { readonly rules?: StoredRules }, start: Known): FirstDays {
  const named = new Named(start);
  for (const { number, validFrom, validTo, mode, unitCode } of edit.lines ?? []) {
    if (validFrom === undefined) named.add(number, validTo == null ? null : dayAfter(validTo));
    else if (
      !named.isKnown(number, validFrom) ||
      [mode, unitCode, validTo].some((told) => told !== undefined)
    ) {
      // Else the day only says which period is meant, of which nothing changes that counts.
      named.add(number, validFrom);
    }
  }
  for (const { number, validFrom = null } of edit.removeLines ?? []) named.add(number, validFrom);
  if (edit.rules !== undefined) {
    for (const { number, validFrom } of [...start.lines, ...edit.rules.lines]) named.add(number, validFrom);
  }
  return named.days;
}

/**
 * The same of a register file. A row that repeats a first day as it is on record names none: whoever exports the register,
 * changes a cell and imports it says "from now on".
 */
export function daysNamedInRows(rows: readonly RuleLine[], start: Known): FirstDays {
  const named = new Named(start);
  const known = byNumber(start.lines);
  for (const { number, validFrom, validTo } of rows) {
    const same = known.get(number)?.find((line) => line.validFrom === validFrom);
    if (same === undefined) named.add(number, validFrom);
    else if (validTo !== same.validTo) {
      const [earlier] = [validTo, same.validTo].filter((day) => day !== null).sort();
      named.add(number, earlier === undefined ? null : dayAfter(earlier));
    }
  }
  return named.days;
}
