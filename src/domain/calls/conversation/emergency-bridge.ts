import { type Attempt, type CallingRule, nextCalls } from '../../duty/ladder.ts';

// The emergency bridge (E5): by one key the people who are on call are rung into a talk, with 12345 shown. Who answers is told
// what it is for and comes to the citizen when he has pressed the key, so that a voicemail never does. Whoever does not is called
// again, or the next one is, as the list's rule says. It ends with the talk, or when the agent calls it off; those who have come
// are parties like all others.

/** One rung of the ladder, as it can be dialled. */
export interface OnCallTarget {
  readonly name: string;
  readonly number: string;
  readonly trunk: string;
  readonly shows: string;
  readonly ringTimeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface EmergencyBridge {
  readonly by: string;
  /** The duty list's name. */
  readonly list: string;
  readonly rule: CallingRule;
  readonly people: readonly OnCallTarget[];
  /** `leg` '': nobody was rung, he is in the talk by another way, or it is full. */
  readonly attempts: readonly (Attempt & { readonly leg: string })[];
  /** `calling` until somebody has it, nobody is left to call, or the agent calls it off. */
  readonly state: 'calling' | 'confirmed' | 'exhausted' | 'calledOff';
}
export type BridgeOrder = Pick<EmergencyBridge, 'list' | 'rule' | 'people'>;

export const openBridge = (by: string, order: BridgeOrder): EmergencyBridge => ({
  ...order,
  by,
  attempts: [],
  state: 'calling',
});

export const nextOf = ({ people, attempts, rule }: EmergencyBridge, nowMs: number) =>
  nextCalls(people.length, attempts, rule, { nowMs, overlaps: true });

/** When somebody is to be called; null: nothing is due by time alone. */
export function bridgeDueMs(bridge: EmergencyBridge | null | undefined, nowMs: number): number | null {
  if (bridge?.state !== 'calling') return null;
  const next = nextOf(bridge, nowMs);
  return next.kind === 'wait' ? next.untilMs : nowMs;
}

/** What a screen shows of somebody who is called. */
export const INVITED_STATES = ['waiting', 'called', 'there', 'left', 'unreached', 'dropped'] as const;
export type InvitedState = (typeof INVITED_STATES)[number];

/** `isThere`: the leg is in the talk. */
export function invitedState(
  bridge: EmergencyBridge,
  rung: number,
  isThere: (leg: string) => boolean,
): InvitedState {
  const last = bridge.attempts.filter((one) => one.rung === rung).at(-1);
  if (last === undefined) return 'waiting';
  const { end, leg } = last;
  switch (end) {
    case 'open':
      return 'called';
    case 'confirmed':
      return leg === '' || isThere(leg) ? 'there' : 'left';
    case 'unreached':
    case 'dropped':
      return end;
    default:
      return end satisfies never;
  }
}
