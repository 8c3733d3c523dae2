import type { Who } from './conversation.ts';
import type { BridgeOrder } from './emergency-bridge.ts';

/** Somebody who can be rung, found and checked before it is decided: phone and trunk are the switch's names. */
export type PartyTarget =
  | {
      readonly kind: 'agent';
      readonly agentId: string;
      readonly phone: string;
      /** Shown on the phone. */
      readonly callerName: string;
      readonly ringTimeoutMs: number;
      readonly reason: string;
    }
  | {
      readonly kind: 'outside';
      readonly who: Extract<Who, { readonly kind: 'unit' | 'number' | 'emergency' | 'onCall' }>;
      readonly trunk: string;
      /** The number that the far end sees: the hotline's, never the citizen's or an agent's. */
      readonly shows: string;
      readonly ringTimeoutMs: number;
      /** What goes with the call, as SIP headers. */
      readonly headers: Readonly<Record<string, string>>;
      readonly reason: string;
    };

export type TransferTarget = PartyTarget | { readonly kind: 'queue'; readonly queue: string };

/** What an agent does in a talk. `party`: a party's id, or `citizen`. */
export type Act =
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume' }
  /** The agent's telephone has lost the talk: it is rung again. */
  | { readonly kind: 'reconnect' }
  /** null: the own leg. */
  | { readonly kind: 'mute'; readonly party: string | null }
  | { readonly kind: 'unmute'; readonly party: string | null }
  /** null: whoever the agent talks with, an outside party before the citizen. Never logged. */
  | { readonly kind: 'digits'; readonly digits: string; readonly party: string | null }
  /** The agent leaves at once; if nobody takes the citizen, he comes back. */
  | { readonly kind: 'transfer'; readonly target: TransferTarget }
  /** The agent talks with somebody apart, the citizen hears music. */
  | { readonly kind: 'consult'; readonly target: PartyTarget }
  /** Agent and citizen talk on until somebody answers, who then is with them. */
  | { readonly kind: 'invite'; readonly target: PartyTarget }
  /** Who is on call is rung into the talk. */
  | { readonly kind: 'emergencyBridge'; readonly order: BridgeOrder }
  | { readonly kind: 'swap' }
  /** null: all that this agent has on its way. */
  | { readonly kind: 'cancel'; readonly party: string | null }
  | { readonly kind: 'complete' }
  | { readonly kind: 'merge' }
  /** `asLead`: by a lead, who may whoever it is. */
  | { readonly kind: 'remove'; readonly party: string; readonly asLead?: boolean }
  /** The emergency desk has taken it over; null: the one that has not yet. */
  | { readonly kind: 'accepted'; readonly party: string | null }
  | { readonly kind: 'leave' };
export type ActKind = Act['kind'];

export const CITIZEN = 'citizen';
