import { type Queue, USUAL_QUEUE } from '../../domain/hotlines/queue.ts';
import { keepPast } from '../../domain/hotlines/register/keep-past.ts';
import { rulesFromStore, type StoredRules } from '../../domain/hotlines/stored.ts';
import { DEFAULT_TRUNK, type TrunkProfile } from '../../domain/hotlines/trunk.ts';
import type { RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { readMenu } from '../../domain/ivr/read-menu.ts';
import { AppError } from '../errors.ts';
import type { Unit } from '../ports/organisation.ts';
import { editedLines, type LinePatch } from './edited-lines.ts';
import { daysNamedIn } from './named-days.ts';
import { spelledSkills } from './spelled-skills.ts';

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

const FAULTS_TOLD = 50;

/**
 * The rules with the edit made. What is not said stays; what the new mode of a line has no room for goes, and what it
 * needs and has a usual value gets it. What was so until `today` stays, unless the edit names an earlier day.
 * Codes: rules.lineUnknown, rules.lineOver, rules.queueUnknown, rules.lineIncomplete,
 * rules.queueIncomplete, rules.menuUnknown, rules.menuInvalid, rules.unitNameTaken, rules.hoursUnreadable,
 * rules.centreAddressInvalid, rules.skillsUnreadable, rules.trunkUnknown.
 */
export function editedRules(
  rules: RuleSet,
  edit: RuleEdit,
  { units, today }: { readonly units: readonly Unit[]; readonly today: string },
): RuleSet {
  const start = edit.rules === undefined ? rules : rulesFromStore(edit.rules);
  const municipality = { ...start.municipality, ...edit.municipality };
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
    const queue = spelt({ ...USUAL_QUEUE, ...queues[at], ...patch, name });
    if (at < 0) queues.push(queue);
    else queues[at] = queue;
  }
  return {
    ...start,
    municipality,
    lines: keepPast(
      rules.lines,
      editedLines(start.lines, edit, { ...municipality, units, today }),
      today,
      daysNamedIn(edit, rules),
    ),
    queues,
    menus: editedMenus(start.menus, edit),
    trunks: editedTrunks(start.trunks, edit),
  };
}

/** Code: rules.skillsUnreadable. */
function spelt(queue: Queue): Queue {
  return { ...queue, skills: spelledSkills(queue.skills, { queue: queue.code }) };
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
