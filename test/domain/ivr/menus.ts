import type { LocalMoment, MenuCalendar, MenuCaller } from '../../../src/domain/ivr/condition.ts';
import type { MenuContext, MenuInput, MenuStep } from '../../../src/domain/ivr/course.ts';
import { enterMenu, step } from '../../../src/domain/ivr/interpreter.ts';
import { type Menu, type MenuNode, NODE_DEFAULTS } from '../../../src/domain/ivr/menu.ts';
import { PROMPTS } from '../../../src/domain/ivr/prompts.ts';
import type { MenuSurroundings } from '../../../src/domain/ivr/validate.ts';

/** Monday 2026-11-23, 10:00 in China. */
export const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const everyDayAMonday: MenuCalendar = (nowMs) => ({
  nowMs,
  minuteOfDay: 600,
  weekday: 1,
  dayKind: 'workday',
});
export const monday = (more: Partial<LocalMoment> = {}): LocalMoment => ({
  ...everyDayAMonday(NOW),
  ...more,
});
const nobody: MenuCaller = { language: 'zh-CN', hasOpenTicket: false, vulnerable: false };

export const contextOf = (
  menu: Menu,
  caller: Partial<MenuCaller> = {},
  moment: Partial<LocalMoment> = {},
): MenuContext => ({
  menu,
  caller: { ...nobody, ...caller },
  moment: monday(moment),
  generalQueue: 'general',
});

export const person = { kind: 'queue', queue: 'general' } as const;
export const node = (id: string, more: Partial<MenuNode> = {}): MenuNode => ({
  ...NODE_DEFAULTS,
  id,
  name: id,
  exit: person,
  ...more,
});
export const menuOf = (...nodes: readonly MenuNode[]): Menu => ({
  code: 'test',
  name: '测试',
  languages: ['zh-CN'],
  start: nodes[0]?.id ?? 'start',
  nodes,
  texts: {},
});
export const choice = (digits: string, target: MenuNode['choices'][number]['target']) => ({
  digits,
  label: digits,
  target,
  when: null,
  counter: null,
});

export const around = (more: Partial<MenuSurroundings> = {}): MenuSurroundings => ({
  queues: new Set(['general', 'desk']),
  lines: new Set(['12345', '12319']),
  trunks: new Set(['carrier']),
  prompts: new Map(Object.keys(PROMPTS).map((name) => [name, { durationMs: 2_000, expiresAt: null }])),
  nowMs: NOW,
  ...more,
});

const INPUTS: Readonly<Record<string, MenuInput>> = {
  finished: { kind: 'promptFinished' },
  failed: { kind: 'promptFailed' },
  timeout: { kind: 'timeout' },
  hungUp: { kind: 'hungUp' },
  found: { kind: 'ticketFound', prompts: ['goodbye'] },
  notFound: { kind: 'ticketNotFound' },
  lookupFailed: { kind: 'lookupFailed' },
};

/** Leads a caller through: single characters are keys, words the other inputs. */
export function walk(context: MenuContext, ...inputs: readonly string[]): MenuStep {
  return inputs.reduce<MenuStep>((now, input) => {
    const next = step(now.state, INPUTS[input] ?? { kind: 'digit', digit: input }, context);
    return { ...next, notes: [...now.notes, ...next.notes] };
  }, enterMenu(context));
}
