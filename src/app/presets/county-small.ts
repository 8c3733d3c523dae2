// data table: a small county that merges the usual national short codes and answers all of them at one desk.
import { localDate } from '../../domain/hotlines/local-date.ts';
import { USUAL_QUEUE } from '../../domain/hotlines/queue.ts';
import type { RuleLine, RuleSet } from '../../domain/hotlines/versions/rule-set.ts';

const LINES = [
  ['12315', '市场监管投诉举报', 'market-regulation', '市场监督管理局'],
  ['12319', '城建服务', 'urban-management', '城市管理局'],
  ['12328', '交通运输服务', 'transport', '交通运输局'],
  ['12329', '住房公积金', 'housing-fund', '住房公积金管理部'],
  ['12333', '人力资源社会保障', 'human-resources', '人力资源和社会保障局'],
  ['12345', '政府服务热线', 'centre', '县域治理指挥中心'],
  ['12350', '安全生产举报投诉', 'emergency', '应急管理局'],
  ['12369', '生态环境投诉举报', 'ecology', '生态环境局'],
  ['12393', '医疗保障服务', 'medical-insurance', '医疗保障局'],
] as const;

export function countySmall(rules: RuleSet, nowMs: number): RuleSet {
  const { mainNumber, generalQueue, timeZone } = rules.municipality;
  const validFrom = localDate(nowMs, timeZone);
  const main = rules.lines.find(({ mode }) => mode === 'MAIN');
  const lines = LINES.map(([number, name, unitCode, unitName]): RuleLine => {
    const isMain = number === '12345';
    return {
      number: isMain ? mainNumber : number,
      name,
      unitCode,
      unitName,
      mode: isMain ? 'MAIN' : 'FORWARD',
      validFrom,
      validTo: null,
      queue: generalQueue,
      unitNumber: null,
      trunk: null,
      greeting: null,
      menu: null,
      skills: null,
      afterEnd: 'connect',
      hours: null,
      centreAddress: null,
      basis: '预设 county-small',
      area: '',
    };
  });
  const general = rules.queues.find(({ code }) => code === generalQueue);
  return {
    ...rules,
    // The main number is in force since it was entered: calls to it know no gap.
    lines: lines.map((line) => (line.mode === 'MAIN' && main !== undefined ? { ...main, menu: null } : line)),
    queues: [general ?? { ...USUAL_QUEUE, code: generalQueue, name: '总席' }],
    menus: [],
  };
}
