import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallFact } from '../facts.ts';
import type { Conversation } from './conversation.ts';
import type { Gone } from './gone.ts';

/** What an event makes of a talk, before it is seen who is left with whom. */
export interface Turn {
  readonly talk: Conversation;
  readonly gone?: readonly Gone[];
  readonly change?: Partial<Call>;
  readonly commands?: readonly CallCommand[];
  readonly facts?: readonly CallFact[];
  /** Told of a citizen who has nobody any more. */
  readonly left?: string;
}
