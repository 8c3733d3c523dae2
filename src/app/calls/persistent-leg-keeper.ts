import type { HangupReason } from '../ports/switch.ts';

/** Whoever keeps the legs up hears what becomes of them, outside of the line of events. */
export interface LegKeeper {
  /** The leg of a call that the agent at this phone has, as far as calls know. */
  legAt(phone: string): string | null;
  up(): void;
  down(): void;
  answered(phone: string): void;
  ended(phone: string, reason: HangupReason): void;
  /** Lent out, or given back. */
  moved(phone: string): void;
  phone(phone: string, reachable: boolean): void;
}
