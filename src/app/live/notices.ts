import type { MarkClock } from '../../domain/deadlines/clocks.ts';
import type { Stage } from '../../domain/deadlines/stages.ts';
import type { SUPERVISE_STAGE } from '../../domain/tickets/order-time.ts';

/** Something happened to a ticket that a screen wants to know now. Losing one loses nothing: the time line has it. */
export interface TicketNotice {
  readonly kind:
    | 'ticketOpened'
    | 'ticketMoved'
    | 'deadlineWarning'
    | 'deadlineOverdue'
    | 'stageWarning'
    | 'stageOverdue'
    | 'partAdded'
    | 'partMoved'
    | 'partWarning'
    | 'partOverdue'
    | 'extensionAsked'
    | 'extensionDecided'
    | 'planReminded';
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly unitCode: string | null;
  readonly atMs: number;
  /** For a deadline: whose clock, and how much of the time was used up, in percent. */
  readonly clock: MarkClock | null;
  readonly level: number | null;
  /** For a stage that runs out or ran over. */
  readonly stage?: Stage | typeof SUPERVISE_STAGE;
  /** The number of the part that it is about; `unitCode` is its unit then. */
  readonly part?: string;
}

/** A task whose day has come, or that does not apply any more. The list of work has it all. */
export interface WorkNotice {
  readonly kind: 'workItemOpened' | 'workItemWithdrawn';
  readonly workItemId: string;
  readonly task: 'transitionWarning' | 'transitionEnd';
  readonly number: string;
  readonly unitCode: string;
  readonly dueDay: string;
  readonly atMs: number;
}

/** What every agent is to read now. */
export interface KnowledgeNotice {
  readonly kind: 'knowledgeNotice';
  readonly noticeId: string;
  readonly title: string;
  readonly critical: boolean;
  /** Nobody's but the hotline's. */
  readonly unitCode: null;
  readonly atMs: number;
}

/** An agent asks his lead, is answered, or does not ask any more: the thread of the call has it all. */
export interface HelpNotice {
  readonly kind: 'help';
  readonly callId: string;
  /** Who asked: he is told besides the hotline's leads. */
  readonly agentId: string;
  readonly unitCode: null;
  readonly atMs: number;
}

/** The switch of the surge was turned: every desk looks again. */
export interface SurgeModeNotice {
  readonly kind: 'surgeMode';
  readonly surgeModeId: string;
  readonly unitCode: null;
  readonly atMs: number;
}

/** Another edition of a code list is in force: whoever has read the list reads it anew. */
export interface CodeListNotice {
  readonly kind: 'codeList';
  readonly list: string;
  readonly edition: number;
  readonly unitCode: null;
  readonly atMs: number;
}

/** An account was signed out: what it has open is looked at now. Nobody is shown it. */
export interface SessionsEnded {
  readonly kind: 'sessionsEnded';
  readonly accountId: string;
  /** Of this session alone, in hexadecimal; absent: of whichever. */
  readonly tokenHash?: string;
  readonly unitCode: null;
  readonly atMs: number;
}

export type Notice =
  | TicketNotice
  | WorkNotice
  | KnowledgeNotice
  | HelpNotice
  | SurgeModeNotice
  | CodeListNotice
  | SessionsEnded;

export interface NoticePublisher {
  /** Best effort: resolves also when nobody could be told (it is in the log then); never rejects. */
  publish(notice: Notice): Promise<void>;
}

export interface NoticeFeed {
  /** Returns the way to stop listening. */
  onNotice(listener: (notice: Notice) => void): () => void;
}
