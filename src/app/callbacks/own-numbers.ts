import type { Configuration } from '../../domain/hotlines/configuration.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';

/** One index per configuration, which never changes once it is in force. */
const indexes = new WeakMap<Configuration, ReadonlySet<string>>();

/** The register's numbers in the one spelling: what may be shown to who is called, and what is never called. */
export function ownNumbers(configuration: Configuration): ReadonlySet<string> {
  const known = indexes.get(configuration);
  if (known !== undefined) return known;
  const { areaCode, mainNumber } = configuration.municipality;
  const numbers = [mainNumber, ...configuration.lines.map(({ number }) => number)];
  const made = new Set(numbers.map((number) => normaliseNumber(number, areaCode) ?? number));
  indexes.set(configuration, made);
  return made;
}
