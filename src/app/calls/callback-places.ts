import type { Stand } from '../../domain/callbacks/stands.ts';
import type { Call } from '../../domain/calls/call.ts';
import type { CallbackRule } from '../../domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Offer } from '../../domain/routing/offer.ts';

/** What calls know of those who hung up and kept their place: they stand among them in the router, under their own ids. */
export interface CallbackPlaces {
  holds(id: string): boolean;
  /** The rule of the queue if it is one for this citizen. */
  ruleFor(call: Call, rule: CallbackRule | null): CallbackRule | null;
  promise(
    call: Call,
    place: {
      readonly queue: string;
      readonly priority: number;
      readonly sinceMs: number;
      readonly stands: readonly Stand[];
    },
    rule: CallbackRule | null,
  ): void;
  /** The place of his own callback, which steps aside for the call; null: there is none. */
  calledIn(
    call: Call,
    queue: string,
  ): { readonly callback: string; readonly priority: number; readonly sinceMs: number } | null;
  /** False: it came to nothing, and the agent is free again. */
  offered(offer: Offer): boolean;
  callMoved(call: Call): void;
  replaceConfiguration(configuration: Configuration): void;
}
