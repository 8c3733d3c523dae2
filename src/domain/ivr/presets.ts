// data table: the menus that a hotline can start with. Default is none: GB/T 33358 advises against menus.
import { type Exit, type Menu, NODE_DEFAULTS, prompt, type Target } from './menu.ts';

/** No key, no wait: the default of 12345. */
export function straightToAPerson(queue: string): Menu {
  return {
    code: 'straight-to-a-person',
    name: '直达人工',
    languages: ['zh-CN'],
    start: 'start',
    nodes: [{ ...NODE_DEFAULTS, id: 'start', name: '直达人工', exit: { kind: 'queue', queue } }],
    texts: {},
  };
}

/** Where the classic menu's keys lead; what is not given goes to the general desk. */
export interface ClassicDesks {
  readonly general: string;
  readonly enquiry?: string;
  readonly help?: string;
  readonly complaint?: string;
  readonly suggestion?: string;
  readonly enterprise?: string;
}

/**
 * 1 enquiry, 2 help, 3 complaint or report, 4 suggestion, 5 progress of a ticket, 9 enterprises, 0 a person. The key
 * for a person is told first; who presses none reaches one too. Old and disabled callers never hear it.
 */
export function classicMenu(desks: ClassicDesks): Menu {
  const { general, enquiry, help, complaint, suggestion, enterprise } = desks;
  const person: Exit = { kind: 'queue', queue: general };
  const desk = (queue: string | undefined): Exit => ({ kind: 'queue', queue: queue ?? general });
  const choice = (digits: string, label: string, target: Target) => ({
    digits,
    label,
    target,
    when: null,
    counter: null,
  });
  return {
    code: 'classic-menu',
    name: '传统按键菜单',
    languages: ['zh-CN'],
    start: 'start',
    nodes: [
      {
        ...NODE_DEFAULTS,
        id: 'start',
        name: '主菜单',
        redirects: [{ when: { kind: 'vulnerable' }, to: person, reason: '老年人、残疾人直达人工' }],
        prompts: [
          prompt('menu-person', { announces: ['0'] }),
          prompt('menu-classic', { announces: ['1', '2', '3', '4', '5', '9'] }),
        ],
        choices: [
          choice('0', '人工服务', person),
          choice('1', '咨询', desk(enquiry)),
          choice('2', '求助', desk(help)),
          choice('3', '投诉举报', desk(complaint)),
          choice('4', '建议', desk(suggestion)),
          choice('5', '工单进度', {
            kind: 'ticketStatus',
            ask: [prompt('menu-ticket-ask')],
            notFound: [prompt('menu-ticket-not-found')],
            timeoutMs: 8_000,
            retries: 1,
            afterwards: { kind: 'goodbye', prompts: [prompt('goodbye')] },
            exit: person,
          }),
          choice('9', '企业服务', desk(enterprise)),
        ],
        onWrong: { prompts: [prompt('menu-wrong')], to: null },
        onNothing: { prompts: [prompt('menu-nothing')], to: person },
        exit: person,
      },
    ],
    // Spoken with the product's own prompts.
    texts: {},
  };
}
