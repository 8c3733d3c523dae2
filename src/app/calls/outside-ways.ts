/** An emergency desk as an agent reaches it with one key. */
export interface EmergencyDesk {
  /** `110`, `119`, `120`: what it is called by. */
  readonly desk: string;
  readonly name: string;
  /** Dialled through the trunk; digits. Where the desk has a direct line of its own, that. */
  readonly number: string;
}

/** How agents' calls leave the house. */
export interface OutsideWays {
  /** The trunk's name at the switch, where a number's own line names none. */
  readonly trunk: string;
  readonly desks: readonly EmergencyDesk[];
}

export const OUTSIDE_RING_MS = 40_000;
/** Longer than others: who gives up on 120 too early has given up on a life. */
export const EMERGENCY_RING_MS = 90_000;
