import type { Condition, DayKind } from './condition.ts';
import type { PromptRef, Target } from './menu.ts';

// A menu's parts as an operator reads them.

export const DAY_KIND_NAMES: Readonly<Record<DayKind, string>> = {
  workday: '工作日',
  makeupWorkday: '调休工作日',
  weekend: '周末',
  holiday: '节假日',
  assumedWorkday: '推定工作日',
  assumedWeekend: '推定周末',
};
const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

export function targetWords(target: Target): string {
  switch (target.kind) {
    case 'node':
      return `节点 ${target.node}`;
    case 'queue':
      return `队列 ${target.queue}${target.skills === undefined ? '' : `（技能 ${target.skills}）`}`;
    case 'line':
      return `号码 ${target.number}`;
    case 'number':
      return `外线电话 ${target.number}（中继 ${target.trunk}，未接转回 ${target.returnQueue}）`;
    case 'message':
      return `留言，交 ${target.queue}，至多 ${target.maxMs / 1000} 秒${promptsIn(target.prompts)}`;
    case 'goodbye':
      return `道别${promptsIn(target.prompts)}`;
    case 'ticketStatus': {
      const exit = target.exit === null ? '' : `，查不到则${targetWords(target.exit)}`;
      return `工单进度${promptsIn([...target.ask, ...target.notFound])}，之后${targetWords(target.afterwards)}${exit}`;
    }
    default:
      return target satisfies never;
  }
}

const promptsIn = (prompts: readonly PromptRef[]): string =>
  prompts.length === 0 ? '' : `（${promptsWords(prompts)}）`;

export function promptsWords(prompts: readonly PromptRef[]): string {
  if (prompts.length === 0) return '（无）';
  return prompts
    .map(({ name, variants, when, announces }) => {
      const more = [
        ...(announces.length === 0 ? [] : [`报按键 ${announces.join(' ')}`]),
        ...Object.entries(variants).map(([language, other]) => `${language} ${other}`),
        ...(when === null ? [] : [conditionWords(when)]),
      ];
      return more.length === 0 ? name : `${name}[${more.join('，')}]`;
    })
    .join('、');
}

export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'timeOfDay':
      return `${condition.from} 至 ${condition.to}`;
    case 'weekday':
      return condition.anyOf.map((day) => `周${WEEKDAYS[day - 1] ?? `“${day}”`}`).join('、');
    case 'dayKind':
      return condition.anyOf.map((kind) => DAY_KIND_NAMES[kind]).join('、');
    case 'language':
      return `语言 ${condition.anyOf.join('、')}`;
    case 'openTicket':
      return '有在办工单';
    case 'vulnerable':
      return '老年人、残疾人';
    case 'from':
      return `自 ${condition.at}`;
    case 'until':
      return `至 ${condition.at}`;
    case 'all':
      return condition.of.length === 0 ? '总是' : condition.of.map(bracketed).join('且');
    case 'any':
      return condition.of.length === 0 ? '从不' : condition.of.map(bracketed).join('或');
    case 'not':
      return `非${bracketed(condition.of)}`;
    default:
      return condition satisfies never;
  }
}

const bracketed = (condition: Condition): string =>
  condition.kind === 'all' || condition.kind === 'any'
    ? `（${conditionWords(condition)}）`
    : conditionWords(condition);
