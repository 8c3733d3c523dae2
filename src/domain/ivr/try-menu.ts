import type { ExitReason, MenuContext, MenuInput, MenuNote, MenuStep } from './course.ts';
import { enterMenu, step } from './interpreter.ts';
import type { Exit } from './menu.ts';

/** One moment of a tried call: what came, and what the menu did about it. */
export interface TriedStep {
  /** null: the call came in. */
  readonly input: MenuInput | null;
  readonly act: MenuStep['act'];
  readonly notes: readonly MenuNote[];
}
export interface TriedMenu {
  readonly path: readonly TriedStep[];
  readonly to: Exit;
  readonly reason: ExitReason;
  /** Between the first and the last word, with nobody pressing a key before the prompts are over. */
  readonly lastsMs: number;
}

/** What the caller does: `digits` each as soon as a key is awaited, then nothing; and what a ticket's look-up finds. */
export interface TriedCaller {
  readonly digits: string;
  readonly ticket: 'found' | 'notFound' | 'failed';
}

/**
 * A call tried on paper, with the code that leads real ones: the whole path, where it ends and why. `lengthMs`: how
 * long a prompt is.
 */
export function tryMenu(
  context: MenuContext,
  caller: TriedCaller,
  lengthMs: (prompt: string) => number,
): TriedMenu {
  const digits = [...caller.digits];
  const path: TriedStep[] = [];
  let now = enterMenu(context);
  let input: MenuInput | null = null;
  let lastsMs = 0;
  for (;;) {
    const { act, notes } = now;
    path.push({ input, act, notes });
    switch (act.kind) {
      case 'exit':
        return { path, to: act.to, reason: act.reason, lastsMs };
      case 'play':
        lastsMs += act.prompts.reduce((sum, name) => sum + lengthMs(name), 0);
        input = { kind: 'promptFinished' };
        break;
      case 'listen': {
        const digit = digits.shift();
        if (digit === undefined) lastsMs += act.timeoutMs;
        input = digit === undefined ? { kind: 'timeout' } : { kind: 'digit', digit };
        break;
      }
      case 'lookUpTicket':
        input =
          caller.ticket === 'found'
            ? { kind: 'ticketFound', prompts: [] }
            : { kind: caller.ticket === 'notFound' ? 'ticketNotFound' : 'lookupFailed' };
        break;
      // A key that the menu does not know: the next one, or in the end nothing, leads on.
      case 'nothing':
        input = { kind: 'timeout' };
        break;
      default:
        return act satisfies never;
    }
    now = step(now.state, input, context);
  }
}
