import type { Finding } from '../../domain/hotlines/lint/finding.ts';
import type { Menu } from '../../domain/ivr/menu.ts';
import { AppError } from '../errors.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';
import { lintVersion } from './validate-draft.ts';

export interface MenuInVersion {
  readonly revision: number;
  readonly menu: Menu;
  /** Numbers that hear it. */
  readonly numbers: readonly string[];
  readonly findings: readonly Finding[];
}

/** A menu of a version with what the linter says of it. Codes: version.unknown, rules.menuUnknown. */
export function readMenuOf(deps: RuleDeps) {
  return async (ref: string, code: string): Promise<MenuInVersion> => {
    const { revision, rules } = await versionBy(deps, ref);
    const menu = rules.menus.find((one) => one.code === code);
    if (menu === undefined) {
      throw new AppError('rules.menuUnknown', { menu: code, menus: rules.menus.map((one) => one.code) });
    }
    const findings = (await lintVersion(deps)(ref)).filter(
      ({ place }) => place.thing === 'menu' && place.key === code,
    );
    const numbers = rules.lines.flatMap((line) => (line.menu === code ? [line.number] : []));
    return { revision, menu, numbers, findings };
  };
}
