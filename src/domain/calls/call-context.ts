import type { Announcement, CallPlan } from '../hotlines/call-plan.ts';
import type { CallbackRule } from '../hotlines/callback-rule.ts';
import type { Queue } from '../hotlines/queue.ts';
import type { MenuCaller } from '../ivr/condition.ts';
import type { MenuContext } from '../ivr/course.ts';
import type { InLine } from '../routing/estimate.ts';
import type { AskedAt } from '../routing/offer.ts';
import type { WhyWaiting } from '../routing/reasons.ts';
import type { Ask } from '../skills/skills.ts';
import type { Call } from './call.ts';

export type QueueRules = Omit<Queue, 'code' | 'name' | 'wrapUpMs'>;

/** A queue as it stands at this moment. */
export interface QueueNow {
  readonly waiting: number;
  /** Of the first in line. */
  readonly longestWaitMs: number;
  readonly signedIn: number;
  /** Of those who can do what he asks for there. */
  readonly able: number;
}

export interface CallContext {
  readonly nowMs: number;
  /** Takes whoever would have nowhere to go. */
  readonly generalQueue: string;
  /** The rules of a queue in the version the call was planned by. */
  queueRules(code: string): QueueRules;
  /** `ask`: what he who looks asks for there. */
  queueNow(code: string, ask?: Ask): QueueNow;
  /** Whether anybody who can do what is asked for there is at work: on a call, free, or between two. Who has a break takes nobody. */
  ableAtWork(code: string, ask?: Ask): boolean;
  /** Signed in, at work and not about to leave: worth a short wait. */
  withinReach(agentId: string): boolean;
  /** A menu of that version with what it asks for at this moment; null when there is none of that code. */
  menu(code: string, caller: MenuCaller): MenuContext | null;
  /** The phone of an agent who may be rung for this call now: free, or still wrapping it up. */
  ringable(agentId: string, callId: string): string | null;
  /**
   * The telephone of the agent of this talk, should it be lost: null while it is away. Undefined: it is none that comes
   * back by itself, and is not waited for.
   */
  rejoinsAt?(agentId: string, callId: string): string | null | undefined;
  /** What would become of this caller's call to another number; he himself has been judged already. */
  planLine(number: string, callerNumber: string): CallPlan;
  /** The rule by which this citizen may be called back, should he want it; null: not he, or not from this queue. */
  callbackRule?(call: Call, queue: string): CallbackRule | null;
  /** Where this call stands in line, and how long it will; null: nobody is being sought for it now. */
  inLine?(callId: string): InLine | null;
  /** Why he who stands at these desks, kept for this agent alone or for nobody, waits now; null: an agent is idle for him. */
  whyWaits?(stands: readonly AskedAt[], keptFor: string | null): WhyWaiting | null;
  /** Announcements of incidents that concern this citizen now, and that he has not heard. */
  noticesFor?(call: Call): readonly Announcement[];
  /** How often an agent is told of the citizen whom he holds; absent: the usual. */
  readonly holdReminderMs?: number;
}
