/**
 * The course of a caller through a menu. Modes: a node's prompts play and keys are heard (prompting), they are over and
 * a key is awaited (listening); for the progress of a ticket the last four digits are asked for (askingTicket),
 * awaited (collectingTicket), looked up (lookingUp) and the answer told (tellingTicket), after which a person may still
 * be asked for (ticketTold); then the menu is done.
 *
 * For each phase: to which phases each input may lead. What is not listed is late or a stranger's, and changes nothing.
 */
const ANYWHERE = ['prompting', 'listening', 'askingTicket', 'collectingTicket', 'done'] as const;

export const MENU_TABLE = {
  prompting: {
    digit: ANYWHERE,
    promptFinished: ['listening', 'done'],
    promptFailed: ['listening', 'done'],
    timeout: ['listening', 'done'],
    hungUp: ['done'],
  },
  listening: { digit: ANYWHERE, timeout: ANYWHERE, hungUp: ['done'] },
  askingTicket: {
    digit: ['askingTicket', 'collectingTicket', 'done'],
    promptFinished: ['collectingTicket'],
    promptFailed: ['collectingTicket'],
    timeout: ['collectingTicket'],
    hungUp: ['done'],
  },
  collectingTicket: {
    digit: ['askingTicket', 'collectingTicket', 'lookingUp', 'done'],
    timeout: ['askingTicket', 'collectingTicket', 'done'],
    hungUp: ['done'],
  },
  lookingUp: {
    digit: ['done'],
    ticketFound: ['tellingTicket', 'done'],
    ticketNotFound: ['askingTicket', 'collectingTicket', 'done'],
    lookupFailed: ['done'],
    timeout: ['done'],
    hungUp: ['done'],
  },
  tellingTicket: {
    digit: ['done'],
    promptFinished: ['ticketTold', 'done'],
    promptFailed: ['done'],
    timeout: ['ticketTold', 'done'],
    hungUp: ['done'],
  },
  ticketTold: { digit: ['done'], timeout: ['done'], hungUp: ['done'] },
  done: {},
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;

export type MenuPhase = keyof typeof MENU_TABLE;

/** The table as a Mermaid drawing, for the documentation. */
export function menuDiagram(): string {
  const edges = Object.entries(MENU_TABLE).flatMap(([from, inputs]) => {
    const by = new Map<string, string[]>();
    for (const [input, phases] of Object.entries(inputs)) {
      for (const to of phases) by.set(to, [...(by.get(to) ?? []), input]);
    }
    return [...by].map(([to, inputsTo]) => `  ${from} --> ${to}: ${inputsTo.join(', ')}`);
  });
  return ['stateDiagram-v2', '  [*] --> prompting', ...edges, '  done --> [*]'].join('\n');
}
