import type { CommandOutcome, PhoneName } from './switch.ts';

/** An agent's phone as the switch must know it. PostgreSQL is the truth; the switch forgets it at its restart. */
export interface Phone {
  readonly name: PhoneName;
  /** Whose; without it, as in the file of an earlier release, his whose profile names it. */
  readonly agentId?: string;
  readonly kind: 'browser' | 'desk';
  readonly secret: string;
  readonly displayName: string;
  /** Its leg stays up from sign-in to sign-out; absent, as in the file of an earlier release: it is rung for each call. */
  readonly persistentLeg?: boolean;
}

export interface PhoneProvisioner {
  /**
   * Creates or replaces the phone at the switch, which tells of it from then on; asked for again after each `up`.
   * Repeating it is harmless.
   */
  provision(phone: Phone): Promise<CommandOutcome>;
  remove(name: PhoneName): Promise<CommandOutcome>;
}

/**
 * `standing`: available, with a leg that stays up. Its phone is in use all day, talk or not, and is rung all the same: nobody
 * could put a caller on that leg while call control is away. `paused`: signed in, and not to be called.
 */
export type MemberState = 'available' | 'standing' | 'paused' | 'absent';

/** The dialplan's own queue for the time when call control is away: its members follow who is signed in. */
export interface FallbackQueue {
  setMember(phone: PhoneName, state: MemberState): Promise<CommandOutcome>;
  members(): Promise<readonly { readonly phone: PhoneName; readonly paused: boolean }[] | null>;
}
