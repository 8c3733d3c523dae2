import type { PromptRef, Target } from './shapes.ts';

/** Chosen instead of a node that there is: one is made, and the way leads there. */
export const NEW_NODE = '+';

const prompt = (name: string): PromptRef => ({ name, variants: {}, when: null, announces: [] });
const MESSAGE_MS = 60_000;
const TICKET_MS = 8_000;

/** A target of a kind with what is usual for it. The prompts are those that every instance has. */
export function targetLike(
  kind: Target['kind'],
  { queue, trunk }: { readonly queue: string; readonly trunk: string },
): Target {
  switch (kind) {
    case 'queue':
      return { kind, queue };
    case 'node':
      return { kind, node: NEW_NODE };
    case 'line':
      return { kind, number: '' };
    case 'number':
      return { kind, number: '', trunk, returnQueue: queue };
    case 'message':
      return { kind, prompts: [prompt('menu-message')], queue, maxMs: MESSAGE_MS };
    case 'goodbye':
      return { kind, prompts: [prompt('goodbye')] };
    case 'ticketStatus':
      return {
        kind,
        ask: [prompt('menu-ticket-ask')],
        notFound: [prompt('menu-ticket-not-found')],
        timeoutMs: TICKET_MS,
        retries: 1,
        afterwards: { kind: 'goodbye', prompts: [prompt('goodbye')] },
        exit: { kind: 'queue', queue },
      };
    default:
      return kind satisfies never;
  }
}

/** Something is still missing before the way can lead there. */
export function isComplete(target: Target, newName: string): boolean {
  switch (target.kind) {
    case 'queue':
    case 'message':
      return target.queue !== '';
    case 'node':
      return target.node === NEW_NODE ? newName.trim() !== '' : target.node !== '';
    case 'line':
      return target.number !== '';
    case 'number':
      return /^\d{3,20}$/.test(target.number) && target.trunk !== '' && target.returnQueue !== '';
    case 'goodbye':
    case 'ticketStatus':
      return true;
    default:
      return target satisfies never;
  }
}
