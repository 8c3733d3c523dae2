import type { ClipCut, ClipState } from '../../domain/recordings/clip.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface NewClip {
  readonly id: string;
  readonly ticketId: string;
  readonly callId: string;
  readonly unitCode: string;
  readonly purpose: string;
  readonly askedBy: string;
  readonly askedMs: number;
}

export interface ClipDecision {
  readonly state: Exclude<ClipState, 'asked'>;
  readonly by: string;
  readonly atMs: number;
  readonly reason: string;
  /** Of one that is approved. */
  readonly cut?: ClipCut;
  readonly untilMs?: number;
}

/** Times are ISO 8601 in UTC. */
export interface Clip {
  readonly id: string;
  readonly ticketId: string;
  readonly callId: string;
  readonly unitCode: string;
  readonly purpose: string;
  readonly state: ClipState;
  readonly askedBy: { readonly id: string; readonly displayName: string };
  readonly askedAt: string;
  readonly decidedBy: { readonly id: string; readonly displayName: string } | null;
  readonly decidedAt: string | null;
  readonly decision: string | null;
  readonly cut: ClipCut | null;
  readonly until: string | null;
}

export interface ClipFilter {
  readonly unitCode?: string;
  readonly state?: ClipState;
  readonly ticketId?: string;
}

export interface ClipBook {
  /** False: the unit has asked for one of this ticket already. */
  add(clip: NewClip, tx: Transaction): Promise<boolean>;
  /** From this state only; false: it is in another by now. */
  decide(id: string, from: ClipState, decision: ClipDecision, tx: Transaction): Promise<boolean>;
  find(id: string): Promise<Clip | null>;
  /** Newest first. Refuses with `page.invalid`. */
  list(filter: ClipFilter, page: PageAsked): Promise<Paged<Clip>>;
}
