import type { Menu, Target } from '../../ivr/menu.ts';
import { BUILT_IN_PROMPTS } from '../../ivr/spoken.ts';
import { type MenuSurroundings, validateMenu } from '../../ivr/validate.ts';
import { targetsOf } from '../../ivr/ways.ts';
import { normaliseNumber } from '../number.ts';
import { hasEnded } from '../register/period.ts';
import { lineKey } from '../versions/diff.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

const at = (key: string, field: string | null = null): Finding['place'] => ({ thing: 'menu', key, field });

/** Each menu in itself, and how menus and numbers lean on each other. `today` is the municipality's local day. */
export function lintMenus(rules: RuleSet, context: LintContext, today: string): readonly Finding[] {
  const around = surroundings(rules, context, today);
  return [
    ...rules.menus.flatMap((menu) => validateMenu(menu, around)),
    ...lintCodes(rules),
    ...lintTexts(rules.menus),
    ...rules.menus.flatMap((menu) => lintLineTargets(menu, rules)),
  ];
}

function surroundings(rules: RuleSet, context: LintContext, today: string): MenuSurroundings {
  const { areaCode } = rules.municipality;
  const canonical = (number: string): string => normaliseNumber(number, areaCode) ?? number;
  const lines = new Set(
    rules.lines.filter((line) => !hasEnded(line, today)).map(({ number }) => canonical(number)),
  );
  return {
    queues: new Set(rules.queues.map(({ code }) => code)),
    lines: { has: (number) => lines.has(canonical(number)) },
    trunks: new Set(rules.trunks.map(({ code }) => code)),
    prompts: context.prompts ?? BUILT_IN_PROMPTS,
    nowMs: context.nowMs,
  };
}

function lintCodes({ menus, lines }: RuleSet): readonly Finding[] {
  const known = new Set(menus.map(({ code }) => code));
  const used = new Set(lines.map(({ menu }) => menu));
  const twice = menus.filter(({ code }, nth) => menus.findIndex((menu) => menu.code === code) !== nth);
  return [
    ...twice.map(({ code }) =>
      finding('menu.duplicate', at(code), `菜单 ${code} 重复`, `menu ${code} stands twice`),
    ),
    ...menus
      .filter(({ code }) => !used.has(code))
      .map(({ code }) =>
        finding('menu.unused', at(code), `没有号码使用菜单 ${code}`, `no number leads to menu ${code}`),
      ),
    ...lines.flatMap((line) => {
      const { number, menu } = line;
      if (menu === null || known.has(menu)) return [];
      const place = { thing: 'line', key: lineKey(line), field: 'menu' } as const;
      const zh = `号码 ${number} 的菜单 ${menu} 不存在`;
      return [finding('menu.unknown', place, zh, `${number} leads to ${menu}, no menu`)];
    }),
  ];
}

/** Each menu is heard in its own words; but one recording under the name would silence both, and one report tells of both. */
function lintTexts(menus: readonly Menu[]): readonly Finding[] {
  const said = new Map<string, { readonly menu: string; readonly text: string }>();
  return menus.flatMap(({ code, texts }) =>
    Object.entries(texts).flatMap(([prompt, text]) => {
      const other = said.get(prompt);
      if (other === undefined) said.set(prompt, { menu: code, text });
      if (other === undefined || other.text === text) return [];
      const zh = `语音 ${prompt} 在菜单 ${other.menu} 和 ${code} 中文字不同`;
      const en = `the prompt ${prompt} has another text in menu ${other.menu}`;
      return [finding('menu.textTwice', at(code, `texts/${prompt}`), zh, en)];
    }),
  );
}

/** A number that a key leads to is planned without its menu: one menu a call. Its operators should know. */
function lintLineTargets(menu: Menu, { lines, municipality }: RuleSet): readonly Finding[] {
  const canonical = (number: string): string => normaliseNumber(number, municipality.areaCode) ?? number;
  return menu.nodes.flatMap((node) =>
    [...targetsOf(node), node.exit].flatMap((target: Target | null): readonly Finding[] => {
      if (target?.kind !== 'line') return [];
      const menus = lines
        .filter(({ number }) => canonical(number) === canonical(target.number))
        .flatMap((line) => (line.menu === null ? [] : [line.menu]));
      const [other] = menus;
      if (other === undefined) return [];
      const place = at(menu.code, `nodes/${node.id}`);
      if (menus.includes(menu.code)) {
        const zh = `菜单 ${menu.code} 通向号码 ${target.number}，而该号码又使用本菜单`;
        return [finding('menu.lineLoop', place, zh, `${target.number} comes back to this menu`)];
      }
      const zh = `号码 ${target.number} 自有菜单 ${other}，经本菜单转入时不再播放`;
      return [finding('menu.lineHasMenu', place, zh, `${target.number} has a menu of its own: ${other}`)];
    }),
  );
}
