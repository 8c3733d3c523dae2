import { CENTRE_EXAMPLE, spelledCentre } from '../../domain/hotlines/centre-address.ts';
import type { Queue } from '../../domain/hotlines/configuration.ts';
import { addCalendarMonths } from '../../domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { periodAt } from '../../domain/hotlines/register/period.ts';
import { readHours } from '../../domain/hotlines/register/read-hours.ts';
import { writeHours } from '../../domain/hotlines/register/write-hours.ts';
import { rulesFromStore, type StoredRules } from '../../domain/hotlines/stored.ts';
import { DEFAULT_TRUNK, type TrunkProfile } from '../../domain/hotlines/trunk.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { readMenu } from '../../domain/ivr/read-menu.ts';
import { AppError } from '../errors.ts';
import type { Unit } from '../ports/organisation.ts';

/** A line's period, by its number and first day. Without the day it is the one that speaks for the number today. */
export type LinePatch = Partial<Omit<RuleLine, 'number'>> & Pick<RuleLine, 'number'>;
export type QueuePatch = Partial<Omit<Queue, 'code'>> & Pick<Queue, 'code'>;

export type TrunkPatch = Partial<Omit<TrunkProfile, 'code'>> & Pick<TrunkProfile, 'code'>;

export interface RuleEdit {
  /** Everything anew; the rest of the edit is then made to it. */
  readonly rules?: StoredRules;
  readonly municipality?: Partial<RuleSet['municipality']>;
  readonly lines?: readonly LinePatch[];
  readonly removeLines?: readonly { readonly number: string; readonly validFrom?: string }[];
  readonly queues?: readonly QueuePatch[];
  readonly removeQueues?: readonly string[];
  /** Whole menus: a known code is replaced, a new one added. */
  readonly menus?: readonly unknown[];
  readonly removeMenus?: readonly string[];
  /** By code; what is not said stays, of a new trunk it is as usual. */
  readonly trunks?: readonly TrunkPatch[];
  readonly removeTrunks?: readonly string[];
}

const USUAL_QUEUE = { overflowQueue: null, overflowAfterMs: null, ringTimeoutMs: 15_000, wrapUpMs: 30_000 };
const FAULTS_TOLD = 50;
/** RD-06. */
const TRANSITION_MONTHS = 3;

/**
 * The rules with the edit made. What is not said stays; what the new mode of a line has no room for goes, and what it
 * needs and has a usual value gets it. Codes: rules.lineUnknown, rules.queueUnknown, rules.lineIncomplete,
 * rules.queueIncomplete, rules.menuUnknown, rules.menuInvalid, rules.unitNameTaken, rules.hoursUnreadable,
 * rules.centreAddressInvalid, rules.trunkUnknown.
 */
export function editedRules(
  rules: RuleSet,
  edit: RuleEdit,
  { units, today }: { readonly units: readonly Unit[]; readonly today: string },
): RuleSet {
  const start = edit.rules === undefined ? rules : rulesFromStore(edit.rules);
  const municipality = { ...start.municipality, ...edit.municipality };
  const canonical = (number: string): string => normaliseNumber(number, municipality.areaCode) ?? number;
  const lines = [...start.lines];
  for (const { number, validFrom } of edit.removeLines ?? []) {
    lines.splice(placeOf(lines, canonical(number), validFrom, today), 1);
  }
  for (const patch of edit.lines ?? []) {
    const number = canonical(patch.number);
    const known = find(lines, number, patch.validFrom, today);
    const before = known ?? find(lines, number, undefined, today);
    const line = lineOf({ ...patch, number }, before, { today, generalQueue: municipality.generalQueue });
    if (known === null) lines.push(line);
    else lines[lines.indexOf(known)] = line;
  }
  const queues = [...start.queues];
  for (const code of edit.removeQueues ?? []) {
    const at = queues.findIndex((queue) => queue.code === code);
    if (at < 0) throw new AppError('rules.queueUnknown', { queue: code });
    queues.splice(at, 1);
  }
  for (const patch of edit.queues ?? []) {
    const at = queues.findIndex((queue) => queue.code === patch.code);
    const { name } = { ...queues[at], ...patch };
    if (name === undefined)
      throw new AppError('rules.queueIncomplete', { queue: patch.code, missing: ['name'] });
    const queue: Queue = { ...USUAL_QUEUE, ...queues[at], ...patch, name };
    if (at < 0) queues.push(queue);
    else queues[at] = queue;
  }
  return {
    ...start,
    municipality,
    lines: named(lines.map(spelt), units),
    queues,
    menus: editedMenus(start.menus, edit),
    trunks: editedTrunks(start.trunks, edit),
  };
}

function editedTrunks(
  start: readonly TrunkProfile[],
  { trunks = [], removeTrunks = [] }: RuleEdit,
): readonly TrunkProfile[] {
  const edited = [...start];
  for (const code of removeTrunks) {
    const at = edited.findIndex((trunk) => trunk.code === code);
    if (at < 0) throw new AppError('rules.trunkUnknown', { trunk: code });
    edited.splice(at, 1);
  }
  for (const patch of trunks) {
    const at = edited.findIndex(({ code }) => code === patch.code);
    const trunk = { ...DEFAULT_TRUNK, name: patch.code, ...edited[at], ...patch };
    if (at < 0) edited.push(trunk);
    else edited[at] = trunk;
  }
  return edited;
}

function editedMenus(
  start: readonly Menu[],
  { rules, menus = [], removeMenus = [] }: RuleEdit,
): readonly Menu[] {
  const edited = rules === undefined ? [...start] : menusFrom(rules.menus);
  for (const code of removeMenus) {
    const at = edited.findIndex((menu) => menu.code === code);
    if (at < 0) throw new AppError('rules.menuUnknown', { menu: code });
    edited.splice(at, 1);
  }
  for (const menu of menusFrom(menus)) {
    const at = edited.findIndex(({ code }) => code === menu.code);
    if (at < 0) edited.push(menu);
    else edited[at] = menu;
  }
  return edited;
}

/** All of them or none: every fault is told with its menu's place in the list. */
function menusFrom(values: readonly unknown[]): Menu[] {
  const read = values.map(readMenu);
  const faults = read.flatMap((one, at) =>
    one.kind === 'menu' ? [] : one.faults.map(({ path, expected }) => `menus.${at}.${path}: ${expected}`),
  );
  if (faults.length > 0) throw new AppError('rules.menuInvalid', { faults: faults.slice(0, FAULTS_TOLD) });
  return read.flatMap((one) => (one.kind === 'menu' ? [one.menu] : []));
}

/** Hours and addresses in their one spelling. Codes: rules.hoursUnreadable, rules.centreAddressInvalid. */
function spelt(line: RuleLine): RuleLine {
  const { number, hours, centreAddress } = line;
  if (hours === null && centreAddress === null) return line;
  const read = readHours(hours ?? '');
  if (read.kind === 'refused') {
    throw new AppError('rules.hoursUnreadable', { number, hours, wrong: read.wrong, right: read.right });
  }
  const centre = centreAddress === null ? null : spelledCentre(centreAddress);
  if (centreAddress !== null && centre === null) {
    throw new AppError('rules.centreAddressInvalid', { number, centreAddress, right: CENTRE_EXAMPLE });
  }
  return { ...line, hours: writeHours(read.hours) || null, centreAddress: centre };
}

function find(
  lines: readonly RuleLine[],
  number: string,
  validFrom: string | undefined,
  today: string,
): RuleLine | null {
  const periods = lines.filter((line) => line.number === number);
  if (validFrom === undefined) return periodAt(periods, today);
  return periods.find((line) => line.validFrom === validFrom) ?? null;
}

function placeOf(
  lines: readonly RuleLine[],
  number: string,
  validFrom: string | undefined,
  today: string,
): number {
  const line = find(lines, number, validFrom, today);
  if (line === null) throw new AppError('rules.lineUnknown', { number, validFrom: validFrom ?? null });
  return lines.indexOf(line);
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
  const validFrom = patch.validFrom ?? before?.validFrom ?? today;
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
    afterEnd: patch.afterEnd ?? (mode === 'TRANSITION' ? before?.afterEnd : undefined) ?? 'connect',
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
