import type { Finding } from '../../domain/hotlines/lint/finding.ts';
import { lint } from '../../domain/hotlines/lint/lint.ts';
import type { RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { readMenu } from '../../domain/ivr/read-menu.ts';
import { BUILT_IN_PROMPTS } from '../../domain/ivr/spoken.ts';
import { faultAt, type TextFault } from '../../domain/ivr/text/fault.ts';
import { lineOf, readMenuText } from '../../domain/ivr/text/read-menu-text.ts';
import { menuText } from '../../domain/ivr/text/write-menu.ts';
import { menuMeasures } from '../../domain/ivr/validate.ts';
import { AppError } from '../errors.ts';
import { lintContext, type RuleDeps, versionBy } from './rule-change.ts';

export interface SeenMenu {
  readonly menu: Menu;
  /** As operators read and write it. */
  readonly text: string;
  /** Numbers that hear it. */
  readonly numbers: readonly string[];
  /** Each with the line of the text that it is about. */
  readonly findings: readonly (Finding & { readonly line: number })[];
  /** Keys before a person, and how long it takes to get to one; null: no way leads there. */
  readonly depth: number;
  readonly personAfterMs: number | null;
}
export type MenuInVersion = SeenMenu & { readonly revision: number };

/** A menu of a version with what the linter says of it. Codes: version.unknown, rules.menuUnknown. */
export function readMenuOf(deps: RuleDeps) {
  return async (ref: string, code: string): Promise<MenuInVersion> => {
    const { revision, rules } = await versionBy(deps, ref);
    const menu = rules.menus.find((one) => one.code === code);
    if (menu === undefined) {
      throw new AppError('rules.menuUnknown', { menu: code, menus: rules.menus.map((one) => one.code) });
    }
    return { revision, ...(await seenIn(rules, menu, menuText(menu), deps)) };
  };
}

export type CheckedMenu =
  | ({ readonly kind: 'menu' } & SeenMenu)
  /** Its text cannot be read, and why, line by line. */
  | { readonly kind: 'unread'; readonly faults: readonly TextFault[] };

/**
 * A menu that somebody is writing, as it would be in a version; nothing is kept. Codes: version.unknown,
 * rules.menuInvalid (data that is no menu).
 */
export function checkMenu(deps: RuleDeps) {
  return async (
    ref: string,
    code: string,
    given: { readonly menu: unknown } | { readonly text: string },
  ): Promise<CheckedMenu> => {
    const { rules } = await versionBy(deps, ref);
    if ('menu' in given) {
      const menu = menuFromData(given.menu, code);
      return { kind: 'menu', ...(await seenIn(rules, menu, menuText(menu), deps)) };
    }
    const read = readMenuText(given.text);
    if (read.kind === 'refused') return { kind: 'unread', faults: read.faults };
    if (read.menu.code !== code) {
      const line = lineOf('', read.lines);
      return { kind: 'unread', faults: [faultAt(line, 'otherCode', read.menu.code)] };
    }
    return { kind: 'menu', ...(await seenIn(rules, read.menu, given.text, deps)) };
  };
}

function menuFromData(value: unknown, code: string): Menu {
  const read = readMenu(value);
  if (read.kind === 'refused') {
    throw new AppError('rules.menuInvalid', {
      faults: read.faults.map(({ path, expected }) => `${path}: ${expected}`),
    });
  }
  if (read.menu.code === code) return read.menu;
  throw new AppError('rules.menuInvalid', { faults: [`code: ${code}, as in the address`] });
}

/** The rules as they would be with it. */
async function seenIn(rules: RuleSet, menu: Menu, text: string, deps: RuleDeps): Promise<SeenMenu> {
  const { code } = menu;
  const others = rules.menus.filter((one) => one.code !== code);
  const context = await lintContext(deps);
  const read = readMenuText(text);
  const lines = read.kind === 'menu' ? read.lines : new Map<string, number>();
  const findings = lint({ ...rules, menus: [...others, menu] }, context).filter(
    ({ place }) => place.thing === 'menu' && place.key === code,
  );
  return {
    menu,
    text,
    numbers: rules.lines.flatMap((line) => (line.menu === code ? [line.number] : [])),
    findings: findings.map((one) => ({ ...one, line: lineOf(one.place.field, lines) })),
    ...menuMeasures(menu, { prompts: context.prompts ?? BUILT_IN_PROMPTS, nowMs: context.nowMs }),
  };
}
