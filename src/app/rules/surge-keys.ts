import { localDate } from '../../domain/hotlines/local-date.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { advice, type Said } from '../../domain/hotlines/register/advice.ts';
import { periodAt } from '../../domain/hotlines/register/period.ts';
import { OWN_VERSION_WORDS } from '../../domain/hotlines/versions/own-words.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { straightToAPerson } from '../../domain/ivr/presets.ts';
import { SURGE_AT_MOST_MS, withoutSurgeKey, withSurgeKey } from '../../domain/ivr/surge-key.ts';
import { AppError } from '../errors.ts';
import { draftRules } from './draft-rules.ts';
import { editRules } from './edit-draft.ts';
import { publishRules } from './publish-rules.ts';
import type { RuleActor, RuleDeps } from './rule-change.ts';
import type { RuleEdit } from './rule-edit.ts';

export interface SurgeOrder {
  /** Of the version that it becomes: the same order again is the same key. */
  readonly id: string;
  readonly code: string;
  readonly key: string;
  readonly label: string;
  readonly queue: string;
  /** Names a desk that does not exist yet: it is made, and overflows to the general desk. */
  readonly queueName: string | null;
  readonly announcement: string;
  /** Instant, ISO 8601 with an offset. */
  readonly until: string;
  /** The menu that gets the key, or the number whose menu it is; a number without one gets a straight one. */
  readonly menu: string | null;
  readonly line: string | null;
  readonly reason: string;
  readonly actor: RuleActor;
}

/** What a new desk starts with; the general desk helps out soon, for its people are few. */
const OVERFLOW_AFTER_MS = 20_000;

/**
 * JS-05: a key for the matter of the hour from a template, drafted and published in one step; it ends by itself. All or
 * nothing: where it cannot be published no draft is left. Codes: rules.surgeInvalid, rules.menuUnknown,
 * rules.lineUnknown, and those of publishing.
 */
export function openSurgeKey(deps: RuleDeps) {
  return (order: SurgeOrder): Promise<RuleVersion> => {
    const untilMs = checked(order, deps.now());
    return inOne(deps, async (within) => {
      const { id, actor, reason } = order;
      const draft = await draftRules(within)({
        id,
        title: OWN_VERSION_WORDS.surge.zh({ code: order.key, label: order.label }),
        actor,
        reason,
      });
      // The order came twice: what became of it is the answer.
      if (draft.revision > 1 || draft.state !== 'draft') return draft;
      const edit = surgeEdit(draft.rules, order, localDate(deps.now(), draft.rules.municipality.timeZone));
      await editRules(within)({ ref: id, revision: draft.revision, edit, reason, actor });
      return publishRules(within)({ ref: id, reason, actor, revertAt: untilMs });
    });
  };
}

/** Before its time: the menu is what it was. Codes: rules.menuUnknown, rules.surgeUnknown, and those of publishing. */
export function endSurgeKey(deps: RuleDeps) {
  return (
    order: Pick<SurgeOrder, 'id' | 'code' | 'reason' | 'actor'> & { readonly menu: string },
  ): Promise<RuleVersion> =>
    inOne(deps, async (within) => {
      const { id, code, menu: wanted, actor, reason } = order;
      const draft = await draftRules(within)({
        id,
        title: OWN_VERSION_WORDS.surgeOver.zh({ code }),
        actor,
        reason,
      });
      if (draft.revision > 1 || draft.state !== 'draft') return draft;
      const menu = menuOf(draft.rules, wanted);
      const cleared = withoutSurgeKey(menu, code);
      if (JSON.stringify(cleared) === JSON.stringify(menu)) {
        throw new AppError('rules.surgeUnknown', { menu: wanted, code });
      }
      await editRules(within)({
        ref: id,
        revision: draft.revision,
        edit: { menus: [cleared] },
        reason,
        actor,
      });
      return publishRules(within)({ ref: id, reason, actor });
    });
}

/** Every step within one transaction. */
function inOne<T>(deps: RuleDeps, work: (within: RuleDeps) => Promise<T>): Promise<T> {
  return deps.database.transact((tx) => work({ ...deps, database: { transact: (step) => step(tx) } }));
}

function checked({ code, key, until, announcement, label }: SurgeOrder, nowMs: number): number {
  const untilMs = Date.parse(until);
  const refuse = (wrong: string, right: Said): never => {
    throw new AppError('rules.surgeInvalid', { ...advice(wrong, right) });
  };
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(code)) return refuse(`code ${code}`, 'a-z, 0-9, -');
  if (!/^[0-9*#]$/.test(key)) return refuse(`key ${key}`, ['0-9 * #，一个键', '0-9 * #, one key']);
  if (announcement.trim() === '' || label.trim() === '')
    return refuse('text, label', ['不得为空', 'must not be empty']);
  if (!(untilMs > nowMs)) return refuse(`until ${until}`, ['将来的时刻', 'a moment to come']);
  if (untilMs > nowMs + SURGE_AT_MOST_MS)
    return refuse(`until ${until}`, [
      '一年之内；长期选项请编入菜单',
      'within a year; what stays longer belongs in the menu',
    ]);
  return untilMs;
}

function menuOf(rules: RuleSet, code: string): Menu {
  const menu = rules.menus.find((one) => one.code === code);
  if (menu === undefined) {
    throw new AppError('rules.menuUnknown', { menu: code, menus: rules.menus.map((one) => one.code) });
  }
  return menu;
}

function surgeEdit(rules: RuleSet, order: SurgeOrder, today: string): RuleEdit {
  const { code, key, label, queue, queueName, announcement, until } = order;
  const { generalQueue } = rules.municipality;
  const { menu, line } = placeOf(rules, order, today);
  const isNew = queueName !== null && !rules.queues.some((one) => one.code === queue);
  const overflow = { overflowQueue: generalQueue, overflowAfterMs: OVERFLOW_AFTER_MS };
  return {
    menus: [withSurgeKey(menu, { code, key, label, queue, announcement: announcement.trim(), until })],
    ...(line === null
      ? {}
      : { lines: [{ number: line.number, validFrom: line.validFrom, menu: menu.code }] }),
    ...(isNew ? { queues: [{ code: queue, name: queueName, ...overflow }] } : {}),
  };
}

/** The menu that gets the key, and the line that must be sent to it first; null where it is already. */
function placeOf(
  rules: RuleSet,
  { menu, line: wanted }: SurgeOrder,
  today: string,
): { readonly menu: Menu; readonly line: RuleLine | null } {
  if (menu !== null) return { menu: menuOf(rules, menu), line: null };
  const { areaCode, mainNumber } = rules.municipality;
  const canonical = (raw: string): string => normaliseNumber(raw, areaCode) ?? raw;
  const number = canonical(wanted ?? mainNumber);
  const line = periodAt(
    rules.lines.filter((one) => canonical(one.number) === number),
    today,
  );
  if (line === null) throw new AppError('rules.lineUnknown', { number, validFrom: null });
  if (line.menu !== null) return { menu: menuOf(rules, line.menu), line: null };
  const straight = {
    ...straightToAPerson(line.queue),
    code: `straight-${number}`,
    name: `${line.name}直达人工`,
  };
  return { menu: straight, line };
}
