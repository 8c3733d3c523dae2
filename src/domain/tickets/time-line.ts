import type { TicketMove, TicketState } from './transitions.ts';

/** What can stand on a ticket's time line beside its moves. */
export const TIME_LINE_NOTES = [
  'calendarMissing',
  'deadlineRecounted',
  'deadlineWarning',
  'deadlineOverdue',
  'stageWarning',
  'stageOverdue',
  'citizenRevealed',
  'citizenCalled',
  'listKept',
  'knowledgeGranted',
  'knowledgeEnded',
  'incidentJoined',
  'incidentLeft',
  'threadChanged',
  'complexCase',
  // 处理方式、办理进展 (JY-11): by the unit, beside its moves.
  'approachNoted',
  'progressNoted',
  // 现场照片 (HM-12).
  'photoAdded',
  'replyConfirmed',
  'replyMended',
  'planReminded',
  // 被投诉单位 (HM-16).
  'accusedNamed',
  'adjudicated',
  'interimAssigned',
  'interimActed',
  'hazardOverdue',
  'partAdded',
  'partMoved',
  'partWarning',
  'partOverdue',
  'visitAttempt',
  'visitLinkSent',
  'urged',
  // 市民催办、市民补充: by the citizen himself, from the page on which he follows his ticket.
  'citizenUrged',
  'citizenAdded',
  // 补留电话: his appeal came without one, and he gave it with a later message.
  'citizenNumberGiven',
  // 来件由人工登记: when his message came in, and how long it waited for a clerk.
  'incomingSettled',
  // 转为急件 (HM-13): with the incident of which it is.
  'madeUrgent',
  'urgentCalled',
  'urgentUnanswered',
  'supervisionIssued',
  'supervisionMoved',
  'meetingDecided',
  'meetingTaskMoved',
  'visitSampled',
  'citizenRated',
  'truthFound',
  'adoptionSaid',
  'classified',
  'exclusionMoved',
  'contactInsisted',
  'instructionMoved',
  'forceAsked',
  'forced',
  'forceRefused',
  'forceWithdrawn',
  'forceExpired',
  'extensionAsked',
  'extensionGranted',
  'extensionRefused',
  'extensionWithdrawn',
  'extensionLapsed',
] as const;
export type TimeLineNote = (typeof TIME_LINE_NOTES)[number];

/** One line of the time line; append-only. A move names both states, a note neither (`TicketNote`). */
export interface TicketEvent {
  readonly at: number;
  /** null: the program itself. */
  readonly actorId: string | null;
  readonly fromState: TicketState | null;
  readonly toState: TicketState | null;
  readonly type: TicketMove | TimeLineNote;
  readonly reason: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A line that moves nothing. */
export interface TicketNote extends Pick<TicketEvent, 'at' | 'actorId' | 'reason' | 'body'> {
  readonly id: string;
  readonly type: TimeLineNote;
}
