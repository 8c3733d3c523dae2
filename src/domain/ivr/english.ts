import type { Condition, DayKind } from './condition.ts';
import type { PromptRef, Target } from './menu.ts';

// A menu's parts as an operator reads them in English; words.ts has the Chinese.

const DAY_KINDS: Readonly<Record<DayKind, string>> = {
  workday: 'working days',
  makeupWorkday: 'make-up working days',
  weekend: 'weekends',
  holiday: 'public holidays',
  assumedWorkday: 'presumed working days',
  assumedWeekend: 'presumed weekends',
};
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function targetEnglish(target: Target): string {
  switch (target.kind) {
    case 'node':
      return `node ${target.node}`;
    case 'queue':
      return `queue ${target.queue}${target.skills === undefined ? '' : ` (skills ${target.skills})`}`;
    case 'line':
      return `number ${target.number}`;
    case 'number':
      return `outside telephone ${target.number} (trunk ${target.trunk}, back to ${target.returnQueue} if unanswered)`;
    case 'message':
      return `a message for ${target.queue}, ${target.maxMs / 1000} s at most${promptsIn(target.prompts)}`;
    case 'goodbye':
      return `goodbye${promptsIn(target.prompts)}`;
    case 'ticketStatus': {
      const exit = target.exit === null ? '' : `, if not found ${targetEnglish(target.exit)}`;
      const prompts = promptsIn([...target.ask, ...target.notFound]);
      return `ticket progress${prompts}, then ${targetEnglish(target.afterwards)}${exit}`;
    }
    default:
      return target satisfies never;
  }
}

const promptsIn = (prompts: readonly PromptRef[]): string =>
  prompts.length === 0 ? '' : ` (${promptsEnglish(prompts)})`;

export function promptsEnglish(prompts: readonly PromptRef[]): string {
  if (prompts.length === 0) return '(none)';
  return prompts
    .map(({ name, variants, when, announces }) => {
      const more = [
        ...(announces.length === 0 ? [] : [`names keys ${announces.join(' ')}`]),
        ...Object.entries(variants).map(([language, other]) => `${language} ${other}`),
        ...(when === null ? [] : [conditionEnglish(when)]),
      ];
      return more.length === 0 ? name : `${name} [${more.join(', ')}]`;
    })
    .join(', ');
}

export function conditionEnglish(condition: Condition): string {
  switch (condition.kind) {
    case 'timeOfDay':
      return `${condition.from} to ${condition.to}`;
    case 'weekday':
      return condition.anyOf.map((day) => WEEKDAYS[day - 1] ?? `day ${day}`).join(', ');
    case 'dayKind':
      return condition.anyOf.map((kind) => DAY_KINDS[kind]).join(', ');
    case 'language':
      return `language ${condition.anyOf.join(', ')}`;
    case 'openTicket':
      return 'a ticket is open';
    case 'vulnerable':
      return 'old or disabled people';
    case 'from':
      return `from ${condition.at}`;
    case 'until':
      return `until ${condition.at}`;
    case 'all':
      return condition.of.length === 0 ? 'always' : condition.of.map(bracketed).join(' and ');
    case 'any':
      return condition.of.length === 0 ? 'never' : condition.of.map(bracketed).join(' or ');
    case 'not':
      return `not ${bracketed(condition.of)}`;
    default:
      return condition satisfies never;
  }
}

const bracketed = (condition: Condition): string =>
  condition.kind === 'all' || condition.kind === 'any'
    ? `(${conditionEnglish(condition)})`
    : conditionEnglish(condition);
