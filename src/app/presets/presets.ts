import { addCalendarMonths, localDate } from '../../domain/hotlines/local-date.ts';
import { TRANSITION_MONTHS } from '../../domain/hotlines/register/transition.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';
import { classicMenu } from '../../domain/ivr/presets.ts';
import { MUNICIPALITY, QUEUES, UNITS } from '../sample/rudong.ts';
import { sampleLines } from '../sample/seed-sample.ts';
import { countySmall } from './county-small.ts';

/** A configuration to begin with: what it makes of the rules in force. It is a draft that somebody looks at. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly make: (rules: RuleSet, nowMs: number) => RuleSet;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'county-small',
    title: '小县：主号码和八条部门热线，一个总席',
    description: '替换全部号码和队列；区号、时区和主号码不变',
    make: countySmall,
  },
  {
    name: 'rudong-1+16+14',
    title: '如东 1+16+14（RD-01 至 RD-09）',
    description: '替换全部号码、队列和本地信息；短期过渡自今日起三个日历月',
    make: rudong,
  },
  {
    name: 'classic-menu',
    title: '传统按键菜单：1 咨询 2 求助 3 投诉举报 4 建议 5 工单进度 9 企业 0 人工',
    description: '主号码使用该菜单，未按键者转人工；其余不变',
    make: withClassicMenu,
  },
];

function rudong(rules: RuleSet, nowMs: number): RuleSet {
  const names = new Map(UNITS.map(({ code, name }) => [code, name]));
  const { ticketPrefix, ...municipality } = MUNICIPALITY;
  const today = localDate(nowMs, municipality.timeZone);
  const term = { validFrom: today, validTo: addCalendarMonths(today, TRANSITION_MONTHS) };
  return {
    municipality,
    lines: sampleLines(nowMs, trunkOf(rules)).map(
      (line): RuleLine => ({
        ...line,
        unitName: names.get(line.unitCode) ?? line.unitCode,
        area: '',
        ...(line.mode === 'TRANSITION' ? term : {}),
      }),
    ),
    queues: QUEUES,
    menus: [],
    trunks: rules.trunks,
  };
}

const trunkOf = ({ trunks }: RuleSet): string => trunks[0]?.code ?? 'carrier';

function withClassicMenu(rules: RuleSet, nowMs: number): RuleSet {
  const { mainNumber, generalQueue, timeZone } = rules.municipality;
  const menu = classicMenu({ general: generalQueue });
  const today = localDate(nowMs, timeZone);
  const heard = (line: RuleLine): boolean =>
    line.mode === 'MAIN' && (line.validTo === null || line.validTo >= today);
  return {
    ...rules,
    lines: rules.lines.map((line) =>
      heard(line) || line.number === mainNumber ? { ...line, menu: menu.code } : line,
    ),
    menus: [...rules.menus.filter(({ code }) => code !== menu.code), menu],
  };
}
