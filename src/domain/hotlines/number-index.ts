import { readCentreAddress } from './centre-address.ts';
import type { Configuration, Line } from './configuration.ts';
import type { Mode } from './mode.ts';
import { normaliseNumber } from './number.ts';
import { isInForce, periodAt } from './register/period.ts';
import { strangeTrunk, type TrunkProfile } from './trunk.ts';

/** A trunk as calls are looked up by it: its DIDs in the one spelling. */
export interface KnownTrunk {
  readonly profile: TrunkProfile;
  readonly dids: ReadonlyMap<string, string>;
}

/** A version's numbers and trunks, each found in one step, however long the register is. */
export interface NumberIndex {
  /** The periods of each number. */
  readonly lines: ReadonlyMap<string, readonly Line[]>;
  /** A unit's or another centre's telephone -> the numbers of ours that ring it. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  readonly trunks: ReadonlyMap<string, KnownTrunk>;
  readonly main: string;
  readonly areaCode: string;
}

/** One index per published version; a version never changes, so neither does its index. */
const indices = new WeakMap<Configuration, NumberIndex>();

export function numberIndex(configuration: Configuration): NumberIndex {
  const known = indices.get(configuration);
  if (known !== undefined) return known;
  const { areaCode, mainNumber } = configuration.municipality;
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const lines = grouped(configuration.lines.map((line) => [canonical(line.number), line] as const));
  const index: NumberIndex = {
    lines,
    units: grouped(
      configuration.lines.flatMap((line) =>
        rungOutside(line)
          .map(canonical)
          .flatMap((rung) => (isOurs(rung, line, lines) ? [] : [[rung, canonical(line.number)] as const])),
      ),
    ),
    trunks: new Map(configuration.trunks.map((profile) => [profile.code, knownTrunk(profile, canonical)])),
    main: canonical(mainNumber),
    areaCode,
  };
  indices.set(configuration, index);
  return index;
}

/** The telephone that a line's calls are handed to: its unit's own, or the other centre's. */
function rungOutside({ unitNumber, centreAddress }: Line): readonly string[] {
  const centre = centreAddress === null ? null : readCentreAddress(centreAddress);
  return [unitNumber, centre?.user ?? null].filter((one) => one !== null);
}

const HANDED_OUTSIDE: ReadonlySet<Mode> = new Set(['PARALLEL', 'SUBCENTER']);

/** A centre is often called by the very number that it serves: that number in a trail says nothing of a return. */
const isOurs = (
  rung: string,
  { centreAddress }: Line,
  lines: ReadonlyMap<string, readonly Line[]>,
): boolean => centreAddress !== null && (lines.get(rung) ?? []).some(({ afterEnd }) => afterEnd !== 'none');

function knownTrunk(profile: TrunkProfile, canonical: (number: string) => string): KnownTrunk {
  return {
    profile,
    dids: new Map(profile.dids.map(({ did, line }) => [canonical(did), canonical(line)])),
  };
}

/** What the rules say of a trunk; of one that they do not name, that nothing it wrote is believed. */
export function trunkOf(index: NumberIndex, code: string): KnownTrunk {
  return index.trunks.get(code) ?? { profile: strangeTrunk(code), dids: new Map() };
}

/** What the register says of a number on a day. */
export function lineOf(index: NumberIndex, number: string | null, day: string): Line | undefined {
  const periods = number === null ? undefined : index.lines.get(number);
  return periods === undefined ? undefined : (periodAt(periods, day) ?? undefined);
}

/**
 * Whose telephone it is on a day: of several lines one whose calls are handed to it, before one that only names it. What
 * stands in the register as history alone, or names another telephone by now, is not asked.
 */
export function lineOfTelephone(index: NumberIndex, telephone: string, day: string): Line | undefined {
  const named = (index.units.get(telephone) ?? []).flatMap((number) => {
    const line = lineOf(index, number, day);
    if (line === undefined) return [];
    const rung = rungOutside(line).map((one) => normaliseNumber(one, index.areaCode) ?? one);
    return rung.includes(telephone) ? [line] : [];
  });
  const isHanded = (line: Line): boolean => HANDED_OUTSIDE.has(line.mode) && isInForce(line, day);
  return named.findLast(isHanded) ?? named.at(-1);
}

function grouped<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
