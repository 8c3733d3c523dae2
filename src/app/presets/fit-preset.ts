import { addCalendarMonths, localDate } from '../../domain/hotlines/local-date.ts';
import { rulesFromStore } from '../../domain/hotlines/stored.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import type { Preset } from '../ports/presets.ts';

/** What a preset makes of the rules in force: with this municipality's main number, desk and trunk, from today on. */
export function fitPreset(preset: Preset, inForce: RuleSet, nowMs: number): RuleSet {
  const keeps = new Set(preset.keeps);
  const given = rulesFromStore(preset.rules);
  const municipality = keeps.has('municipality') ? inForce.municipality : given.municipality;
  const { mainNumber, generalQueue } = municipality;
  const trunk = keeps.has('trunks') ? (inForce.trunks[0]?.code ?? null) : null;
  const queueNamed = (code: string): string =>
    code === given.municipality.generalQueue ? generalQueue : code;
  const today = localDate(nowMs, municipality.timeZone);

  const lines = given.lines.map(
    (line): RuleLine => ({
      ...line,
      ...(line.validFrom === preset.day ? periodFrom(today, line) : {}),
      number: line.number === given.municipality.mainNumber ? mainNumber : line.number,
      queue: queueNamed(line.queue),
      trunk: line.trunk === null ? null : (trunk ?? line.trunk),
    }),
  );
  const main = lines.find(({ number }) => number === mainNumber);
  const withMenu = (line: RuleLine): RuleLine => ({ ...line, menu: main?.menu ?? null });
  const isHeard = ({ mode, validTo }: RuleLine): boolean =>
    mode === 'MAIN' && (validTo === null || validTo >= today);
  const mainInForce = keeps.has('mainLine') ? inForce.lines.find(({ mode }) => mode === 'MAIN') : undefined;

  const menus = given.menus.map((menu) => withQueues(menu, queueNamed));
  const codes = new Set(menus.map(({ code }) => code));
  const queues = given.queues.map((queue) => ({
    ...queue,
    code: queueNamed(queue.code),
    overflowQueue: queue.overflowQueue === null ? null : queueNamed(queue.overflowQueue),
  }));
  const general = keeps.has('generalQueue')
    ? inForce.queues.find(({ code }) => code === generalQueue)
    : undefined;
  return {
    municipality,
    lines: keeps.has('lines')
      ? inForce.lines.map((line) => (isHeard(line) || line.number === mainNumber ? withMenu(line) : line))
      : lines.map((line) => (line === main && mainInForce !== undefined ? withMenu(mainInForce) : line)),
    queues: keeps.has('queues')
      ? inForce.queues
      : queues.map((queue) => (queue.code === generalQueue ? (general ?? queue) : queue)),
    menus: keeps.has('menus') ? [...inForce.menus.filter(({ code }) => !codes.has(code)), ...menus] : menus,
    trunks: keeps.has('trunks') ? inForce.trunks : given.trunks,
  };
}

/** As long as in the file, in calendar months. */
function periodFrom(
  today: string,
  { validFrom, validTo }: RuleLine,
): Pick<RuleLine, 'validFrom' | 'validTo'> {
  if (validTo === null) return { validFrom: today, validTo };
  return { validFrom: today, validTo: addCalendarMonths(today, monthsOf(validTo) - monthsOf(validFrom)) };
}

const monthsOf = (day: string): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));

/** Wherever a menu leads to a desk. */
function withQueues(menu: Menu, named: (code: string) => string): Menu {
  const desks = new Set(['queue', 'returnQueue']);
  return JSON.parse(JSON.stringify(menu), (key, held: unknown) =>
    desks.has(key) && typeof held === 'string' ? named(held) : held,
  ) as Menu;
}
